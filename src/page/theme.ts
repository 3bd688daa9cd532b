const THEMES = ['system', 'light', 'dark'] as const;
const KEY = 'midiloom-theme';

/** A button that goes from the system's theme to light to dark; remembered where the browser remembers for files. */
export function startTheme(): void {
  const button = document.getElementById('theme');
  if (button === null) return;
  let at = Math.max(0, THEMES.map(String).indexOf(remembered() ?? ''));
  const show = (): void => {
    const theme = THEMES[at] ?? 'system';
    document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener('click', () => {
    at = (at + 1) % THEMES.length;
    show();
    remember(THEMES[at] ?? 'system');
  });
  button.hidden = false;
  show();
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser that keeps nothing for this page
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice holds until the page is closed.
  }
}

const NAMES: ReadonlySet<string> = new Set([
  '__MACOSX',
  '.DS_Store',
  'Thumbs.db',
  'desktop.ini',
  '.Spotlight-V100',
  '.Trashes',
]);

/** Whether an operating system left this file or folder behind; `._a.mid` holds what macOS knows of `a.mid`. */
export function isJunk(name: string): boolean {
  return name.startsWith('._') || NAMES.has(name);
}

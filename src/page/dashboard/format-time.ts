/** Moments in the reader's time zone and language. */
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function moment(iso: string): string {
  return MOMENT.format(new Date(iso));
}

export function clock(iso: string): string {
  return CLOCK.format(new Date(iso));
}

export function zone(): string {
  return ZONE;
}

/** How long ago something was, in one unit: `12 s`, `3 min`, `5 h`, `2 d`. */
export function ago(iso: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds}\u00a0s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}\u00a0min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}\u00a0h` : `${Math.floor(seconds / 86_400)}\u00a0d`;
}

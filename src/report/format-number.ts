const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const SHORTER = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const SHORT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** `12,345`. */
export function whole(value: number): string {
  return WHOLE.format(value);
}

/** Three significant digits, all of a large number: `0.123`, `12.3`, `12,346`. */
export function short(value: number): string {
  return Math.abs(value) >= 1000 ? WHOLE.format(value) : SHORT.format(value);
}

/** All of a number below a hundred thousand, else `1.23M`. */
export function compact(value: number): string {
  return value < 1e5 ? WHOLE.format(value) : COMPACT.format(value);
}

/** A share as `12 %`, on one line; never 0 or 100 where it is only close to it. */
export function percent(part: number, of: number): string {
  if (of === 0) return '0\u00a0%';
  const value = (100 * part) / of;
  if (value > 0 && value < 0.1) return '< 0.1\u00a0%';
  if (value > 99.9 && value < 100) return '> 99.9\u00a0%';
  return `${value < 10 || (value > 99 && value < 100) ? Math.round(value * 10) / 10 : Math.round(value)}\u00a0%`;
}

/** `1:05`, `1:02:03`; below a minute `12 s`, below ten seconds `1.2 s`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${SHORTER.format(seconds)}\u00a0s`;
  if (seconds < 59.5) return `${Math.round(seconds)}\u00a0s`;
  const all = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const padded = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${padded(minutes)}:${padded(rest)}` : `${minutes}:${padded(rest)}`;
}

/** `1 pair`, `2 pairs`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

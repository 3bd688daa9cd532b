const WHOLE = numberFormat({ maximumFractionDigits: 0 });
const COMPACT = numberFormat({ notation: 'compact', maximumSignificantDigits: 3 });
const SHORTER = numberFormat({ maximumSignificantDigits: 2 });
const SHORT = numberFormat({ maximumSignificantDigits: 3 });

/** `12,345`. */
export function whole(value: number): string {
  return WHOLE(value);
}

/** Three significant digits, all of a large number: `0.123`, `12.3`, `12,346`. */
export function short(value: number): string {
  return Math.abs(value) >= 1000 ? WHOLE(value) : SHORT(value);
}

/** All of a number below a hundred thousand, else `1.23M`. */
export function compact(value: number): string {
  return value < 1e5 ? WHOLE(value) : COMPACT(value);
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
  if (seconds < 9.95) return `${SHORTER(seconds)}\u00a0s`;
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

/** Made at the first number: the first of them takes 10 ms, which a program that is asked for its version need not wait for. */
function numberFormat(options: Intl.NumberFormatOptions): (value: number) => string {
  let made: Intl.NumberFormat | undefined;
  return (value) => {
    made ??= new Intl.NumberFormat('en', options);
    return made.format(value);
  };
}

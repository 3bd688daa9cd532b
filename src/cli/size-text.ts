const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes as `12 B`, `3.4 kB`, `1.2 GB`; a kilobyte has 1000. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}

/** A whole number as people read it: `1,234`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

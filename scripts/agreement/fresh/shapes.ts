/** One shape a line, or more where a backslash ends it; see fill-shape.ts for how they are written. */
export function shapes(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replaceAll(/ {2,}/g, ' ').trim())
    .filter((line) => line !== '');
}

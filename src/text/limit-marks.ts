/** The text with at most `most` combining marks in a row, and how many were dropped. */
export function limitMarks(text: string, most: number): [string, number] {
  let dropped = 0;
  const limited = text.replace(
    new RegExp(`(\\p{Mark}{${most}})(\\p{Mark}+)`, 'gu'),
    (_, kept: string, rest: string) => {
      dropped += [...rest].length;
      return kept;
    },
  );
  return [limited, dropped];
}

/** Text from outside as a terminal may safely show it: control, escape and direction-changing characters are escaped. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** The same for text of ours that has several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

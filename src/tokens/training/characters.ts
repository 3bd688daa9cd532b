/** MidiTok's character of the first base token; the next ones follow (`CHR_ID_START`). */
const FIRST = 33;

/** The character that stands for a base token in the words of a model. */
export function characterOf(id: number): string {
  return String.fromCharCode(id + FIRST);
}

/** Lead bytes of the characters that are used most, by the standard's own division of each set into levels. */
const COMMON_LEADS: Readonly<Record<string, readonly [number, number]>> = {
  shift_jis: [0x88, 0x97],
  gb18030: [0xb0, 0xd7],
  'euc-kr': [0xb0, 0xc8],
  big5: [0xa4, 0xc6],
  'euc-jp': [0xb0, 0xcf],
};

/** How much a text in that encoding looks like one, from 0 to 1: the mean over its characters that are not ASCII. */
export function plausibility(text: string, bytes: Uint8Array, encoding: string): number {
  const characters = [...text];
  const foreign = characters.flatMap((character, index) => (character > '\u007f' ? [index] : []));
  if (foreign.length === 0) return encoding === 'iso-2022-jp' ? 0.5 : 0;
  const sum = foreign.reduce((total, index) => total + weightOf(characters, index), 0);
  const commonShare = commonShareOf(bytes, encoding);
  return (sum / foreign.length) * (commonShare === undefined ? 1 : 0.5 + commonShare / 2);
}

function weightOf(characters: readonly string[], index: number): number {
  const character = characters[index] ?? '';
  const before = characters[index - 1] ?? '';
  const after = characters[index + 1] ?? '';
  if (/[\u3041-\u30ff]/u.test(character)) return 1;
  if (/\p{Script=Han}/u.test(character)) return 0.8;
  if (/\p{Script=Hangul}/u.test(character)) return 0.85;
  if (/[\uff61-\uff9f]/u.test(character)) return 0.1;
  if (/\p{Script=Cyrillic}/u.test(character)) return isMixedCase(before, character) ? 0.1 : 0.75;
  if (/\p{Script=Greek}/u.test(character)) return isMixedCase(before, character) ? 0.1 : 0.6;
  if (/[\u00c0-\u024f]/u.test(character) && /\p{L}/u.test(character)) {
    if (isMixedCase(before, character)) return 0.1;
    // Accented letters stand among plain ones; a row of them is another alphabet.
    return before > '\u007f' && after > '\u007f' ? 0.05 : 0.7;
  }
  if (/[©®°’‘“”–—…«»¡¿·]/u.test(character)) return before > '\u007f' || after > '\u007f' ? 0.2 : 0.7;
  return 0.1;
}

/** A capital after a small letter is in the middle of a word. */
function isMixedCase(before: string, character: string): boolean {
  return /\p{Ll}/u.test(before) && /\p{Lu}/u.test(character);
}

/** Of characters of several bytes, the share that begins with a lead byte of the common ones; kana count as such. */
function commonShareOf(bytes: Uint8Array, encoding: string): number | undefined {
  const range = COMMON_LEADS[encoding];
  if (range === undefined) return undefined;
  const [low, high] = range;
  let common = 0;
  let all = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x81 || (encoding === 'shift_jis' && lead >= 0xa1 && lead <= 0xdf)) continue;
    all += 1;
    const isKana =
      (encoding === 'shift_jis' && (lead === 0x82 || lead === 0x83 || lead === 0x81)) ||
      (encoding === 'euc-jp' && (lead === 0xa4 || lead === 0xa5));
    if (isKana || (lead >= low && lead <= high)) common += 1;
    i += 1;
  }
  return all === 0 ? undefined : common / all;
}

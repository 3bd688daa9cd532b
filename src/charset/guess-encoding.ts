import { analyse } from 'chardet';
import { plausibility } from './plausibility.ts';

/** What is taken where nothing speaks for another encoding: in it every byte stands for one character. */
const FALLBACK = 'windows-1252';
/** Encodings of MIDI files by the WHATWG standard's names; of equal ones the first is taken. */
const CANDIDATES = [
  'windows-1252',
  'shift_jis',
  'gb18030',
  'windows-1251',
  'euc-kr',
  'big5',
  'euc-jp',
  'koi8-r',
  'windows-1250',
  'windows-1253',
  'iso-2022-jp',
] as const;
const CHARDET_NAMES: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-2': 'windows-1250',
  'iso-8859-7': 'windows-1253',
};
const NEWLINE = 0x0a;

/**
 * The encoding of the texts of one file that are not UTF-8, as a label for `TextDecoder`. Names of tracks are short: chardet,
 * which goes by the frequencies of letters, says little about them, so that what the text would look like counts as much.
 */
export function guessEncoding(samples: readonly Uint8Array[]): string {
  const bytes = Uint8Array.from(samples.flatMap((sample) => [...sample, NEWLINE]));
  const confidences = new Map(
    analyse(bytes).map(({ name, confidence }) => {
      const label = name.toLowerCase();
      return [CHARDET_NAMES[label] ?? label, confidence / 100];
    }),
  );
  let best: string = FALLBACK;
  let most = 0;
  for (const encoding of CANDIDATES) {
    const text = decoded(bytes, encoding);
    if (text === undefined) continue;
    const score = plausibility(text, bytes, encoding) + (confidences.get(encoding) ?? 0) / 2;
    if (score <= most) continue;
    best = encoding;
    most = score;
  }
  return best;
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined; // With `fatal`, that is how bytes of another encoding show.
  }
}

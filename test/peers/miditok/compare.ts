import { decodeMidi } from '../../../src/midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../../../src/midi/limits.ts';
import { createTokenizer, type Tokenizer } from '../../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../../src/tokens/parse-tokenizer-config.ts';
import type { TokenIds } from '../../../src/tokens/token-sequences.ts';
import { NO_TOKEN } from '../../../src/tokens/vocabulary.ts';
import type { EncodeAnswer, MadeTokenizer, MidiTok, Refusal } from './miditok.ts';

/**
 * `different` is what must not be. `refused by MidiTok alone`: for a fault of its own, see docs/tokens.md. `read otherwise`:
 * our reader repaired the file, so that the two did not tokenize the same music.
 */
export type Verdict =
  | { readonly kind: 'equal' | 'refused by both' | 'read otherwise' }
  | { readonly kind: 'refused by MidiTok alone' | 'different'; readonly why: string };

/** What MidiTok tokenizes, whatever its length. */
const WIDE_LIMITS = { ...DEFAULT_LIMITS, durationSeconds: 1e12, bars: 1e12 };

/** Our tokenizer of a file that MidiTok saved, or why there is none. */
export function ourTokenizer(saved: string): Tokenizer | Refusal {
  try {
    return createTokenizer(parseTokenizerConfig(saved));
  } catch (error) {
    return { refused: String(error) };
  }
}

/** Whether our tokenizer has MidiTok's tokens. */
export function compareVocabulary(ours: Tokenizer | Refusal, theirs: MadeTokenizer): Verdict {
  if ('refused' in ours) return { kind: 'different', why: `refused by us alone: ${ours.refused}` };
  const expected = [theirs.vocabulary].flat();
  const { columns } = ours.vocabulary;
  for (const [index, column] of expected.entries()) {
    const tokens = Object.keys(column).sort((a, b) => (column[a] ?? 0) - (column[b] ?? 0));
    const found = columns[index]?.tokens ?? [];
    const at = Array.from({ length: Math.max(tokens.length, found.length) }).findIndex(
      (_, id) => tokens[id] !== found[id],
    );
    if (at >= 0)
      return { kind: 'different', why: `vocabulary ${index}, id ${at}: ${found[at]}, MidiTok ${tokens[at]}` };
  }
  return columns.length === expected.length
    ? { kind: 'equal' }
    : { kind: 'different', why: `${columns.length} vocabularies, MidiTok ${expected.length}` };
}

/** One file under one configuration. */
export function compareIds(ours: Tokenizer, single: boolean, bytes: Uint8Array, theirs: EncodeAnswer): Verdict {
  const read = decodeMidi(bytes, WIDE_LIMITS);
  if ('unreadable' in theirs) return { kind: read.ok ? 'read otherwise' : 'refused by both' };
  if (!read.ok) {
    if ('refused' in theirs) return { kind: 'refused by both' };
    return { kind: 'different', why: `refused by us alone: ${read.error.message}` };
  }
  const isRepaired = Object.keys(read.score.repairs).length > 0;
  try {
    const { layout, columns, streams } = ours.encode(read.score);
    if ('refused' in theirs) return { kind: 'refused by MidiTok alone', why: theirs.refused };
    if ((layout === 'single') !== single) return { kind: 'different', why: `layout ${layout}` };
    const why = difference(ours, columns, streams, theirs.streams);
    if (why === undefined) return { kind: 'equal' };
    return isRepaired ? { kind: 'read otherwise' } : { kind: 'different', why };
  } catch (error) {
    if ('refused' in theirs) return { kind: 'refused by both' };
    return isRepaired ? { kind: 'read otherwise' } : { kind: 'different', why: `refused by us alone: ${error}` };
  }
}

/** What first differs, in tokens. */
export function difference(
  ours: Tokenizer,
  columns: number,
  streams: readonly TokenIds[],
  expected: readonly (readonly (number | readonly number[])[])[],
): string | undefined {
  if (streams.length !== expected.length) return `${streams.length} streams, MidiTok ${expected.length}`;
  for (const [index, rows] of expected.entries()) {
    // Rows of MuMIDI are not equally long.
    const ids = (streams[index] ?? new Uint16Array(0)).filter((id) => id !== NO_TOKEN);
    const wanted = rows.flat();
    const length = Math.max(ids.length, wanted.length);
    const at = Array.from({ length }).findIndex((_, place) => ids[place] !== wanted[place]);
    if (at < 0) continue;
    const said = (from: ArrayLike<number>): string =>
      Array.from({ length: 4 * columns }, (_, offset) => Math.max(0, at - 2 * columns) + offset)
        .map((place) => ours.vocabulary.columns[place % columns]?.tokens[from[place] ?? -1] ?? 'end')
        .join(' ');
    return `stream ${index}, id ${at}: … ${said(ids)} …, MidiTok … ${said(wanted)} …`;
  }
  return undefined;
}

/** One configuration and one file, from the beginning; for shrinking. */
export async function compareCase(
  midiTok: MidiTok,
  config: Parameters<MidiTok['make']>[0],
  bytes: Uint8Array,
): Promise<Verdict> {
  const theirs = await midiTok.make(config);
  if ('refused' in theirs) return { kind: 'refused by both' };
  const ours = ourTokenizer(theirs.saved);
  const vocabulary = compareVocabulary(ours, theirs);
  if (vocabulary.kind === 'different' || 'refused' in ours) return vocabulary;
  const [answer = { refused: 'no answer' }] = await midiTok.encode([bytes]);
  return compareIds(ours, theirs.single, bytes, answer);
}

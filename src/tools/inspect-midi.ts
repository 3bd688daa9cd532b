import { ConfigError } from '../errors.ts';
import { extractFeatures, type MidiFeatures } from '../features/extract-features.ts';
import { instrumentName } from '../features/general-midi.ts';
import { decodeMidi } from '../midi/decode-midi.ts';
import type { Score } from '../midi/score.ts';
import { chosenTokenizer, type TokenizerChoice } from '../pipeline/chosen-tokenizer.ts';
import { createTokenizer } from '../tokens/create-tokenizer.ts';
import type { TokenSequences } from '../tokens/token-sequences.ts';

/** What midiloom makes of one file, as `midiloom inspect --json` prints it. */
export interface Inspection {
  readonly tracks: readonly InspectedTrack[];
  readonly repairs: Readonly<Record<string, number>>;
  readonly features: MidiFeatures;
  readonly tokenizer: string;
  readonly token_layout: TokenSequences['layout'];
  /** Over all streams; rows for compound tokens. */
  readonly token_count: number;
  /** The first tokens of the first stream, as text; the parts of a compound token joined by spaces. */
  readonly first_tokens: readonly string[];
}

export interface InspectedTrack {
  readonly name: string;
  readonly instrument: string;
  readonly channel: number;
  readonly notes: number;
  readonly controls: number;
  readonly pitch_bends: number;
  readonly pedals: number;
}

const SHOWN_TOKENS = 24;

/** @throws ConfigError with the decoder's code for bytes that are no MIDI file. */
export function inspectMidi(
  bytes: Uint8Array,
  choice: TokenizerChoice,
): { readonly score: Score; readonly inspection: Inspection } {
  const decoded = decodeMidi(bytes);
  if (!decoded.ok) throw new ConfigError(decoded.error.code, decoded.error.message);
  const { score } = decoded;
  const tokenizer = createTokenizer(chosenTokenizer(choice));
  const { layout, columns, streams } = tokenizer.encode(score);
  const ids = [...(streams[0] ?? []).slice(0, SHOWN_TOKENS * columns)];
  const texts = ids.map((id, position) => tokenizer.vocabulary.columns[position % columns]?.tokens[id] ?? '');
  return {
    score,
    inspection: {
      tracks: score.tracks.map((track) => ({
        name: track.name,
        instrument: track.isDrum ? 'Drums' : instrumentName(track.program),
        channel: track.channel + 1,
        notes: track.notes.onset.length,
        controls: track.controls.tick.length,
        pitch_bends: track.pitchBends.tick.length,
        pedals: track.pedals.onset.length,
      })),
      repairs: score.repairs,
      features: extractFeatures(score),
      tokenizer: tokenizer.config.tokenization,
      token_layout: layout,
      token_count: streams.reduce((sum, stream) => sum + stream.length / columns, 0),
      first_tokens: rowsOf(texts, columns),
    },
  };
}

function rowsOf(texts: readonly string[], columns: number): string[] {
  return Array.from({ length: Math.floor(texts.length / columns) }, (_, row) =>
    texts
      .slice(row * columns, (row + 1) * columns)
      .join(' ')
      .trimEnd(),
  );
}

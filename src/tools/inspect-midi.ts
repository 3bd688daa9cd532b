import { type MidiReadingOptions, readingChoices } from '../charset/reading-choices.ts';
import { ConfigError } from '../errors.ts';
import { extractFeatures, type MidiFeatures } from '../features/extract-features.ts';
import { instrumentName } from '../features/general-midi.ts';
import { examineMidi } from '../midi/examine-midi.ts';
import { OTHER_READERS, type OtherReader, type Treatment } from '../midi/other-readers.ts';
import { REPAIR_MEANINGS } from '../midi/repair-meanings.ts';
import type { RepairKey, Repairs } from '../midi/repairs.ts';
import type { Score } from '../midi/score.ts';
import { chosenTokenizer, type TokenizerChoice } from '../pipeline/choose/chosen-tokenizer.ts';
import { createTokenizer } from '../tokens/create-tokenizer.ts';
import type { TokenSequences } from '../tokens/token-sequences.ts';

/** What midiloom makes of one file, as `midiloom inspect --json` prints it. */
export interface Inspection {
  readonly tracks: readonly InspectedTrack[];
  readonly repairs: Repairs;
  /** Where the file is wrong, what was done, and what other readers do; at most 1,000. */
  readonly faults: readonly Fault[];
  /** Encoding of names and lyrics that are not UTF-8; `null` where all are. */
  readonly text_encoding: string | null;
  readonly features: MidiFeatures;
  readonly tokenizer: string;
  readonly token_layout: TokenSequences['layout'];
  /** Over all streams; rows for compound tokens. */
  readonly token_count: number;
  /** The first tokens of the first stream, as text; the parts of a compound token joined by spaces. */
  readonly first_tokens: readonly string[];
}

export interface Fault {
  readonly repair: RepairKey;
  readonly done: string;
  /** Position in the file. */
  readonly byte: number;
  /** Position of the track in the file, 0-based; `null` where the fault is in none. */
  readonly midi_track: number | null;
  /** How symusic, mido and pretty_midi read the notes of such a file: as we do (`same`), otherwise, or not at all. */
  readonly other_readers: Readonly<Record<OtherReader, readonly Treatment[]>>;
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
  reading: MidiReadingOptions,
): { readonly score: Score; readonly inspection: Inspection; readonly mended: Uint8Array | undefined } {
  const tokenizer = createTokenizer(chosenTokenizer(choice));
  const messages = 'readsMessages' in tokenizer.tokenization;
  const { outcome: decoded, places, mended } = examineMidi(bytes, { ...readingChoices(reading), messages });
  if (!decoded.ok) throw new ConfigError(decoded.error.code, decoded.error.message);
  const { score } = decoded;
  const { layout, columns, streams } = tokenizer.encode(score);
  const ids = [...(streams[0] ?? []).slice(0, SHOWN_TOKENS * columns)];
  const texts = ids.map((id, position) => tokenizer.vocabulary.columns[position % columns]?.tokens[id] ?? '');
  return {
    score,
    mended,
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
      faults: places.map(({ repair, byte, midiTrack }) => ({
        repair,
        done: REPAIR_MEANINGS[repair],
        byte,
        midi_track: midiTrack ?? null,
        other_readers: OTHER_READERS[repair],
      })),
      text_encoding: score.textEncoding ?? null,
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

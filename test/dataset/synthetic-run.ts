/** Records as the stages would have made them, a function of the pair's index alone. */
import type { StageRecord } from '../../src/checkpoint/stage-reader.ts';
import type { MergeInput } from '../../src/dataset/merge-dataset.ts';
import { FEATURES, type FeatureType } from '../../src/features/feature-schema.ts';
import type { Pair } from '../../src/manifest/pair.ts';
import { PEAK_DENSITY_FIELDS } from '../../src/quality/peak-density.ts';
import { type Piece, packPiece } from '../../src/similarity/piece-bytes.ts';
import { textStatistics } from '../../src/text/text-statistics.ts';
import type { TokenSequences } from '../../src/tokens/token-sequences.ts';
import { packMidiRecord } from '../../src/worker/midi-record.ts';
import { packTextRecord, withoutText } from '../../src/worker/text-record.ts';
import { piece } from '../similarity/pieces.ts';

export interface SyntheticRun {
  readonly total: number;
  /** What became of a pair in each stage. */
  readonly midi?: (index: number) => Outcome;
  readonly text?: (index: number) => Outcome;
  /** `null` for MIDI without a caption. */
  readonly captionOf?: (index: number) => string | null;
  readonly metadataOf?: (index: number) => Readonly<Record<string, unknown>>;
  readonly tokensOf?: (index: number) => TokenSequences;
  /** Features that are not as they are in every row. */
  readonly featuresOf?: (index: number) => Readonly<Record<string, unknown>>;
  readonly midiFileOf?: (index: number) => string | undefined;
  readonly embeddingOf?: (index: number) => Float32Array | undefined;
  readonly tokenIdsOf?: (index: number) => Int32Array | undefined;
  /** What copies are found by; each pair has a piece of its own where nobody says. */
  readonly pieceOf?: (index: number) => Piece;
  readonly dimensions?: number;
  /** Records repeat after this many pairs, so that making them costs nothing; for benchmarks. */
  readonly repeatsAfter?: number;
}
export type Outcome = 'ok' | 'failed' | 'missing';

export const VOCABULARY: readonly string[] = Array.from({ length: 300 }, (_, id) => `Token_${id}`);

export function captionOf(index: number): string {
  return `Caption of pair ${index}, “slow” and 柔らかい`;
}

/** `index` is the first id of its tokens, so that a row gives away whose they are. */
export function tokensOf(index: number): TokenSequences {
  const ids = Uint16Array.from({ length: 5 + (index % 40) }, (_, at) =>
    at === 0 ? index % 300 : (index * 7 + at) % 300,
  );
  return { layout: 'single', columns: 1, streams: [ids] };
}

export function mergeInput(run: SyntheticRun, outputDir: string, others: Partial<MergeInput> = {}): MergeInput {
  return {
    pairs: () => batches(run),
    midiRecords: () => stage(run.total, run.midi, repeating(run, midiBytes)),
    textRecords: () => stage(run.total, run.text, repeating(run, textBytes)),
    total: run.total,
    outputDir,
    formats: ['parquet'],
    shardSizeBytes: 500e6,
    tokens: { vocabulary: [VOCABULARY], hasManyStreams: false },
    embeds: run.dimensions !== 0,
    tokenizerJson: '{"tokenization": "TSD"}\n',
    vocabularyJson: `${JSON.stringify(Object.fromEntries(VOCABULARY.map((token, id) => [token, id])))}\n`,
    recipe: { program: { name: 'midiloom', version: '0.0.0' }, plan: { hash: 'sha256:00' } },
    partial: false,
    curation: { splits: [{ name: 'train', share: 1 }], seed: 0, dedupe: 'none', filters: [] },
    ...others,
  };
}

async function* batches(run: SyntheticRun): AsyncGenerator<{ readonly pairs: readonly Pair[] }> {
  for (let first = 0; first < run.total; first += 7) {
    const indices = Array.from({ length: Math.min(7, run.total - first) }, (_, at) => first + at);
    yield { pairs: indices.map((index) => pairOf(run, index)) };
  }
}

function pairOf(run: SyntheticRun, index: number): Pair {
  return {
    index,
    id: String(index).padStart(8, '0'),
    midiFile: run.midiFileOf === undefined ? `midi/${index}.mid` : run.midiFileOf(index),
    text: (run.captionOf ?? captionOf)(index) ?? undefined,
    textFile: undefined,
    metadata: run.metadataOf?.(index) ?? { song: index, tags: ['a', null], nested: { deep: 1.5 } },
    hash: index,
  };
}

async function* stage(
  total: number,
  outcomeOf: ((index: number) => Outcome) | undefined,
  bytesOf: (index: number) => Uint8Array,
): AsyncGenerator<StageRecord> {
  for (let index = 0; index < total; index++) {
    const outcome = outcomeOf?.(index) ?? 'ok';
    if (outcome === 'ok') yield { index, ok: true, bytes: bytesOf(index) };
    if (outcome === 'failed') {
      const failure = {
        index,
        code: 'test_failure',
        error: `pair ${index} failed`,
        timestamp: new Date().toISOString(),
      };
      yield { index, ok: false, failure };
    }
  }
}

function repeating(
  run: SyntheticRun,
  bytesOf: (run: SyntheticRun, index: number) => Uint8Array,
): (index: number) => Uint8Array {
  const { repeatsAfter } = run;
  if (repeatsAfter === undefined) return (index) => bytesOf(run, index);
  const made = Array.from({ length: repeatsAfter }, (_, index) => bytesOf(run, index));
  return (index) => made[index % repeatsAfter] ?? new Uint8Array(0);
}

const EXAMPLE: Readonly<Record<FeatureType, (index: number) => unknown>> = {
  int: (index) => index,
  float: (index) => index / 3,
  string: (index) => `value ${index % 5}`,
  bool: (index) => index % 2 === 0,
  int_list: (index) => [index, 128],
  float_list: (index) => [index / 7, 0],
  string_list: (index) => Array.from({ length: index % 3 }, (_, at) => `name ${at}`),
};

function midiBytes(run: SyntheticRun, index: number): Uint8Array {
  const tokens = (run.tokensOf ?? tokensOf)(index);
  const features = Object.entries(FEATURES).map(([name, { type, nullable }]) => [
    name,
    nullable && index % 4 === 0 ? null : EXAMPLE[type](index),
  ]);
  const peaks = PEAK_DENSITY_FIELDS.map((name, at) => [name, index / (at + 2)]);
  const identity = { sha256: `sha of ${index}`, md5: `md5 of ${index}`, note_hash: `notes of ${index}` };
  return packMidiRecord({
    sketch: packPiece((run.pieceOf ?? piece)(index)),
    tokens,
    sequence_length: tokens.streams.reduce((sum, ids) => sum + ids.length / tokens.columns, 0),
    cut_tokens: 0,
    metadata: {
      ...identity,
      ...Object.fromEntries([...features, ...peaks]),
      repairs: index % 10 === 0 ? { tempo_zero: 2 } : {},
      ...run.featuresOf?.(index),
    },
  });
}

function textBytes(run: SyntheticRun, index: number): Uint8Array {
  const given = (run.captionOf ?? captionOf)(index);
  if (given === null) return packTextRecord(withoutText('hashing'));
  const text = given.replaceAll(/\p{Surrogate}/gu, '\ufffd'); // as normalizeText does
  const dimensions = run.dimensions ?? 4;
  return packTextRecord({
    text,
    normalized: text,
    embedding: run.embeddingOf === undefined ? exampleEmbedding(index, dimensions) : run.embeddingOf(index),
    token_ids: run.tokenIdsOf?.(index),
    truncated: false,
    statistics: textStatistics(text),
    encoder: 'hashing',
  });
}

function exampleEmbedding(index: number, dimensions: number): Float32Array | undefined {
  return dimensions === 0 ? undefined : Float32Array.from({ length: dimensions }, (_, at) => index + at / 8);
}

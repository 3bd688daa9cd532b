import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MergeInput, mergeDataset } from '../../../src/dataset/merge-dataset.ts';
import type { OutputFormat } from '../../../src/dataset/writers/output-format.ts';
import { FEATURES } from '../../../src/features/feature-schema.ts';
import { parseFilters } from '../../../src/quality/parse-filters.ts';
import type { TokenSequences } from '../../../src/tokens/token-sequences.ts';
import { mergeInput, type SyntheticRun } from '../../dataset/synthetic-run.ts';
import { missingPeers, Peer } from '../python.ts';

const missing = missingPeers('datasets', 'pandas', 'polars', 'duckdb', 'webdataset', 'msgpack', 'pyarrow');

/** The formats that hold the rows; `readers.py` has the readers of each. */
const FORMATS = ['parquet', 'jsonl', 'jsonl.gz', 'json', 'msgpack', 'webdataset'] as const;
/** Those that the card can point at, each of them alone in its folder. */
const LOADABLE = ['parquet', 'jsonl', 'jsonl.gz', 'json', 'webdataset'] as const;
/** Rows over which a reader that looks at the first hundred has made up its mind. */
const ROWS = 300;

const SPLITS = [
  { name: 'train', share: 0.7 },
  { name: 'validation', share: 0.2 },
  { name: 'test', share: 0.1 },
];
const CURATION = { splits: SPLITS, seed: 3, dedupe: 'none', filters: parseFilters('n_notes>=3') } as const;

const IDS = Array.from({ length: 300 }, (_, id) => `Token_${id}`);

interface Case {
  readonly name: string;
  readonly run: SyntheticRun;
  readonly others?: Partial<MergeInput>;
  /** Readers that take their types from the rows of a format that has none of its own, and stop where there is no row. */
  readonly inferring?: readonly string[];
}

const INFERRING = ['datasets', 'datasets, streaming without types', 'polars', 'polars, lazily'];
const CASES: readonly Case[] = [
  { name: 'columns that are null first', run: withNulls((index) => index < ROWS / 2) },
  { name: 'columns that are null late', run: withNulls((index) => index >= ROWS / 2) },
  { name: 'columns that are null now and then', run: withNulls((index) => index % 2 === 0) },
  { name: 'columns that are always null or empty', run: withNulls(() => true) },
  { name: 'no row', run: { total: 0 }, inferring: INFERRING },
  { name: 'one row', run: { total: 1 } },
  { name: 'many shards', run: { total: 120 }, others: { shardSizeBytes: 20_000 } },
  { name: 'several splits, and filters', run: { total: 120 }, others: { curation: CURATION } },
  { name: 'MIDI without caption first', run: { total: 200, captionOf: (index) => (index < 120 ? null : 'A caption') } },
  { name: 'MIDI without caption late', run: { total: 20, captionOf: (index) => (index > 9 ? null : 'A caption') } },
  { name: 'no embedding', run: { total: 20, dimensions: 0 } },
  {
    name: 'tokens of tracks',
    run: { total: 20, tokensOf: tracksOf },
    others: { tokens: { vocabulary: [IDS, IDS, IDS], hasManyStreams: true } },
  },
];

describe.skipIf(missing !== undefined)('a data set', () => {
  let peer: Peer;
  let folder: string;
  beforeAll(() => {
    peer = new Peer('readers/readers.py');
    folder = mkdtempSync(join(tmpdir(), 'midiloom-readers-'));
  });
  afterAll(async () => {
    await peer.end();
    rmSync(folder, { recursive: true });
  });

  it.each(CASES)(
    'with $name is read by every reader of every format with the same rows',
    async ({ name, run, others, inferring = [] }) => {
      const all = join(folder, name);
      await mergeDataset(mergeInput(run, all, { ...others, formats: FORMATS }));
      const expected = join(all, 'dataset/processed_data.jsonl');
      const rows = readFileSync(expected, 'utf8').split('\n').length - 1;
      const ask = async (format: OutputFormat, dataset: string, readersOf: string, except: readonly string[]) => {
        const question = { dataset, format: readersOf, expected, isList: format === 'json', except };
        const found = await peer.ask(question);
        expect({ format, found }).toEqual({ format, found: asExpected(found, rows) });
      };
      for (const format of FORMATS) {
        await ask(format, join(all, 'dataset'), format, format === 'parquet' ? [] : inferring);
      }
      for (const format of LOADABLE) {
        const alone = join(folder, `${name}, ${format}`);
        await mergeDataset(mergeInput(run, alone, { ...others, formats: [format] }));
        await ask(format, join(alone, 'dataset'), 'folder', []);
      }
    },
  );
});

/** Every reader that was asked finds all rows and no difference. */
function asExpected(found: unknown, rows: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.keys(Object(found)).map((reader) => [reader, { rows }]));
}

/** A run in which everything that may be null or empty is so in some rows, and the free-form fields are of many types. */
function withNulls(isNull: (index: number) => boolean): SyntheticRun {
  const nulls = Object.entries(FEATURES)
    .filter(([, { type, nullable }]) => nullable || type.endsWith('_list'))
    .map(([name, { nullable }]): [string, unknown] => [name, nullable ? null : []]);
  return {
    total: ROWS,
    featuresOf: (index) => (isNull(index) ? Object.fromEntries(nulls) : { tempo_bpm: 120, duration_seconds: index }),
    midiFileOf: (index) => (isNull(index) ? undefined : `midi/${index}.mid`),
    embeddingOf: (index) => (isNull(index) ? undefined : Float32Array.of(index, 0, -0.5, 1e-7)),
    tokenIdsOf: (index) => (isNull(index) ? undefined : Int32Array.of(101, index, 102)),
    metadataOf: (index) => (isNull(index) ? {} : (MIXED[index % MIXED.length] ?? {})),
    captionOf: (index) => (isNull(index) ? '' : `Caption ${index}\n\u2028 with “lines”`),
  };
}

const MIXED: readonly Readonly<Record<string, unknown>>[] = [
  { genre: 'folk', year: 1999 },
  { genre: 5, year: '1999', tags: [1, 'a', null, { deep: [] }] },
  { genre: null, song: { a: 1 } },
  { genre: { name: 'x' }, song: [], '': '', 'a.b': -0 },
];

function tracksOf(index: number): TokenSequences {
  const streams = Array.from({ length: 1 + (index % 3) }, (_, at) => Uint16Array.of(index, at, 2, 3, 4, 5));
  return { layout: 'tracks', columns: 3, streams };
}

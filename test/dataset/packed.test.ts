import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type MergeInput, mergeDataset } from '../../src/dataset/merge-dataset.ts';
import { readNpy } from '../../src/operations/verify/read-npy.ts';
import type { TokenSequences } from '../../src/tokens/token-sequences.ts';
import { readPacked } from './packed-reader.ts';
import { readJsonLines, runDirectory } from './run-directory.ts';
import { mergeInput, type SyntheticRun, tokensOf, VOCABULARY } from './synthetic-run.ts';

const TOTAL = 12;
const TWO_SPLITS = {
  splits: [
    { name: 'train', share: 0.7 },
    { name: 'validation', share: 0.3 },
  ],
  seed: 1,
  dedupe: 'none',
  filters: [],
} as const;

/** Pair i has i % 3 + 1 windows. */
function windowsOf(index: number): TokenSequences {
  const streams = Array.from({ length: (index % 3) + 1 }, (_, at) => Uint16Array.of(index, at, 7));
  const places = streams.map((_, at) => ({ stream: 0, start: 3 * at, bars: [2 * at, 2 * at + 1] as const }));
  return { layout: streams.length > 1 ? 'windows' : 'single', columns: 1, streams, places };
}
const windows = (index: number): number[][] => windowsOf(index).streams.map((ids) => [...ids]);

async function packed(run: Partial<SyntheticRun>, others: Partial<MergeInput>): Promise<string> {
  const outputDir = runDirectory();
  await mergeDataset(mergeInput({ total: TOTAL, ...run }, outputDir, { formats: ['packed', 'jsonl'], ...others }));
  return outputDir;
}

const stemOf = (outputDir: string, split = 'train'): string => join(outputDir, 'dataset/packed', split);

describe('packed ids', () => {
  it('are those of the rows of each split, in their order, with a document for each', async () => {
    const outputDir = await packed({}, { curation: TWO_SPLITS });
    const rows = readJsonLines(outputDir, 'processed_data.jsonl');
    for (const split of ['train', 'validation']) {
      const ofSplit = rows.filter((row) => row.split === split);
      expect(ofSplit.length).toBeGreaterThan(0);
      const { idBytes, sequences, documents } = readPacked(stemOf(outputDir, split));
      expect(idBytes).toBe(2);
      expect(sequences).toEqual(ofSplit.map((row) => row.midi_tokens));
      expect(documents).toEqual(Array.from({ length: ofSplit.length + 1 }, (_, at) => at));
      const { shape, values } = readNpy(readFileSync(`${stemOf(outputDir, split)}.embeddings.npy`));
      expect(shape).toEqual([ofSplit.length, 4]);
      expect([...values].filter((_, at) => at % 4 === 0)).toEqual(ofSplit.map((row) => row.index));
    }
  });

  it.each([false, true])(
    'have a sequence for each window, and a document for each pair (rows per window: %s)',
    async (hasRowPerWindow) => {
      const shape = { vocabulary: [VOCABULARY], hasManyStreams: !hasRowPerWindow, areWindows: true, hasRowPerWindow };
      const outputDir = await packed({ tokensOf: windowsOf }, { tokens: shape });
      const { sequences, documents } = readPacked(stemOf(outputDir));
      const pairs = Array.from({ length: TOTAL }, (_, index) => windows(index));
      expect(sequences).toEqual(pairs.flat());
      const ends = pairs.map((_, pair) => pairs.slice(0, pair + 1).flat().length);
      expect(documents).toEqual([0, ...ends]);
      const { shape: embeddings } = readNpy(readFileSync(`${stemOf(outputDir)}.embeddings.npy`));
      expect(embeddings).toEqual([sequences.length, 4]);
    },
  );

  it('have the tokens around them that were asked for, and are of one length with padding', async () => {
    const packing = { begin: 1, end: 2, pad: { id: 0, length: 5 } };
    const shape = { vocabulary: [VOCABULARY], hasManyStreams: true, areWindows: true };
    const outputDir = await packed({ tokensOf: windowsOf }, { packing, tokens: shape });
    const { sequences } = readPacked(stemOf(outputDir));
    expect(sequences[0]).toEqual([1, 0, 0, 7, 2, 0, 0]);
    expect(new Set(sequences.map(({ length }) => length))).toEqual(new Set([7]));
  });

  it('take 32 bits where the vocabulary has more than 65,500 ids', async () => {
    const wide = Array.from({ length: 65_501 }, (_, id) => `T_${id}`);
    const outputDir = await packed(
      { total: 2, tokensOf: () => ({ layout: 'single', columns: 1, streams: [Uint16Array.of(65_500, 3)] }) },
      { tokens: { vocabulary: [wide], hasManyStreams: false } },
    );
    const { idBytes, sequences } = readPacked(stemOf(outputDir));
    expect(idBytes).toBe(4);
    expect(sequences).toEqual([
      [65_500, 3],
      [65_500, 3],
    ]);
  });

  it('have a row of NaN for a caption that is not there, be it the first, and no matrix without a text encoder', async () => {
    const outputDir = await packed({ captionOf: (index) => (index < 2 ? null : 'A caption') }, {});
    const { shape, values } = readNpy(readFileSync(`${stemOf(outputDir)}.embeddings.npy`));
    expect(shape).toEqual([TOTAL, 4]);
    expect([...values].slice(0, 8).every(Number.isNaN)).toBe(true);
    expect([...values].slice(8).every(Number.isFinite)).toBe(true);
    const without = await packed({ dimensions: 0 }, { embeds: false });
    expect(existsSync(`${stemOf(without)}.embeddings.npy`)).toBe(false);
  });

  it('are there without any row, too', async () => {
    const outputDir = await packed({ total: 0 }, {});
    expect(readPacked(stemOf(outputDir))).toEqual({ idBytes: 2, sequences: [], documents: [0] });
  });

  const numpy = spawnSync('python3', ['-c', 'import numpy']);
  it.skipIf(numpy.status !== 0)('are a flat array to numpy.memmap', async () => {
    const outputDir = await packed({}, {});
    const script = `import numpy,json,sys; print(json.dumps(numpy.memmap(sys.argv[1], dtype=numpy.uint16).tolist()))`;
    const { stdout } = spawnSync('python3', ['-c', script, `${stemOf(outputDir)}.bin`]);
    const ids = Array.from({ length: TOTAL }, (_, index) => [...(tokensOf(index).streams[0] ?? [])]);
    expect(JSON.parse(stdout.toString())).toEqual(ids.flat());
  });
});

describe('a row per window', () => {
  it('says which part of the piece it is, with the tokens of that part only', async () => {
    const shape = { vocabulary: [VOCABULARY], hasManyStreams: false, areWindows: true, hasRowPerWindow: true };
    const outputDir = await packed({ tokensOf: windowsOf }, { tokens: shape, formats: ['jsonl', 'miditok'] });
    const rows = readJsonLines(outputDir, 'processed_data.jsonl');
    expect(rows.map((row) => row.midi_tokens)).toEqual(
      Array.from({ length: TOTAL }, (_, index) => windows(index)).flat(),
    );
    expect(rows.every((row) => row.sequence_length === 3)).toBe(true);
    expect(rows.filter((row) => row.index === 2).map((row) => row.window)).toEqual(
      [0, 1, 2].map((at) => ({ number: at, of: 3, stream: 0, first_bar: 2 * at, last_bar: 2 * at + 1 })),
    );
    const file = join(outputDir, 'dataset/tokens/00000/00000002-0001.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ids: [2, 1, 7] });
    expect(readFileSync(join(outputDir, 'dataset/README.md'), 'utf8')).toContain(`num_examples: ${rows.length}`);
  });
});

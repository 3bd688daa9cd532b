import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  createTokenizer,
  decodeMidi,
  exportDataset,
  type ProcessOptions,
  parseTokenizerConfig,
  processPairs,
  trainTokenizer,
  verifyRun,
} from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPacked } from '../dataset/packed-reader.ts';
import { folderDigest } from '../folder-digest.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { SAMPLE } from './sample-run.ts';

const folder = temporaryFolder('learned-vocabulary');
const root = dirname(SAMPLE);
const manifest = join(folder, 'pairs.jsonl');
const lines = readFileSync(SAMPLE, 'utf8').trimEnd().split('\n').slice(10, 24);
const outputDir = join(folder, 'run');
const options: ProcessOptions = {
  inputFile: manifest,
  midiRoot: root,
  split: 'train=0.6,validation=0.4',
  textEncoder: 'none',
  vocabSize: 700,
  outputFormat: ['jsonl'],
  workers: 1,
  batchSize: 2,
  checkpointInterval: 1,
};

interface Row {
  readonly midi_file: string;
  readonly midi_tokens: readonly number[];
  readonly split: string;
  readonly window?: { readonly first_bar: number | null; readonly last_bar: number | null };
}
const rowsOf = (run: string): readonly Row[] =>
  readFileSync(join(run, 'dataset/processed_data.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const tokenizerText = (run: string): string => readFileSync(join(run, 'dataset/tokenizer.json'), 'utf8');

beforeAll(async () => {
  writeFileSync(manifest, lines.map((line) => `${line}\n`).join(''));
  await processPairs({ ...options, outputDir });
});

describe('a run that learns its vocabulary', () => {
  it('has the ids that its tokenizer gives every file, in training or not', () => {
    const tokenizer = createTokenizer(parseTokenizerConfig(tokenizerText(outputDir)));
    expect(tokenizer.vocabulary.columns[0]?.tokens).toHaveLength(700);
    for (const { midi_file, midi_tokens } of rowsOf(outputDir)) {
      const decoded = decodeMidi(readFileSync(join(root, midi_file)));
      if (!decoded.ok) throw new Error(decoded.error.message);
      expect(midi_tokens).toEqual([...(tokenizer.encode(decoded.score).streams[0] ?? [])]);
    }
  });

  it.each(['unigram', 'wordpiece'] as const)('has them by a model of %s, too', async (vocabModel) => {
    const run = join(folder, vocabModel);
    await processPairs({ ...options, vocabModel, limit: 5, outputDir: run });
    const tokenizer = createTokenizer(parseTokenizerConfig(tokenizerText(run)));
    const [row] = rowsOf(run);
    const decoded = decodeMidi(readFileSync(join(root, row?.midi_file ?? '')));
    if (!decoded.ok) throw new Error(decoded.error.message);
    expect(row?.midi_tokens).toEqual([...(tokenizer.encode(decoded.score).streams[0] ?? [])]);
  });

  it('learns from the training split and from nothing else', async () => {
    const train = rowsOf(outputDir).filter(({ split }) => split === 'train');
    expect(train.length).toBeLessThan(rowsOf(outputDir).length);
    const inputFile = join(folder, 'train.jsonl');
    writeFileSync(inputFile, train.map(({ midi_file }) => `${JSON.stringify({ midi_file })}\n`).join(''));
    const { text } = await trainTokenizer({ inputFile, midiRoot: root }, { model: 'bpe', vocabularySize: 700 });
    expect(tokenizerText(outputDir)).toBe(text);
  });

  it('that is stopped and goes on ends with the same data set, and so does its recipe', async () => {
    const stopped = join(folder, 'stopped');
    const stop = new AbortController();
    const onEvent = ({ type }: { type: string }) => void (type === 'progress' && stop.abort());
    await processPairs({ ...options, outputDir: stopped }, { signal: stop.signal, onEvent });
    await processPairs({ outputDir: stopped });
    const again = join(folder, 'again');
    const recipe = join(outputDir, 'dataset/recipe.json');
    await processPairs({ inputFile: manifest, midiRoot: root, outputDir: again, recipe, workers: 1 });
    const expected = folderDigest(join(outputDir, 'dataset'));
    expect(folderDigest(join(stopped, 'dataset'))).toEqual(expected);
    expect(folderDigest(join(again, 'dataset'))).toEqual(expected);
    expect(await verifyRun(outputDir)).toMatchObject({ verified: true });
  });

  it('cuts windows after that, at bar lines, and exports them packed', async () => {
    const run = join(folder, 'windows');
    // What is only about the format packed is remembered, and in the way of no other.
    const windows = {
      maxSequenceLength: 200,
      sequencePolicy: 'split',
      rowPerWindow: true,
      addEos: false,
      addBos: true,
    } as const;
    await processPairs({ ...options, ...windows, outputDir: run });
    const rows = rowsOf(run);
    expect(rows.length).toBeGreaterThan(rowsOf(outputDir).length);
    expect(Math.max(...rows.map(({ midi_tokens: ids }) => ids.length))).toBeLessThanOrEqual(200);
    for (const [at, { midi_file, window }] of rows.entries()) {
      const before = rows[at - 1];
      if (before?.midi_file !== midi_file) expect(window?.first_bar).toBe(0);
      else expect(window?.first_bar).toBeGreaterThan(before.window?.last_bar ?? Number.NaN);
    }
    const out = join(folder, 'packed');
    await exportDataset(run, { to: 'packed', out });
    const train = rows.filter(({ split }) => split === 'train').map(({ midi_tokens: ids }) => [1, ...ids]);
    expect(readPacked(join(out, 'packed/train')).sequences).toEqual(train);
    const captions = join(folder, 'captions');
    expect((await exportDataset(run, { to: 'captions', out: captions })).rows).toBe(rowsOf(outputDir).length);
  });

  it.each<[string, ProcessOptions, string]>([
    ['sequences cut at their end', { maxSequenceLength: 100 }, 'invalid_option'],
    ['compound tokens', { tokenizer: 'octuple' }, 'tokenizer_model_unsupported'],
    ['fewer tokens than there are', { vocabSize: 50 }, 'vocabulary_too_small'],
  ])('is refused before anything is done: %s', async (_, others, code) => {
    const run = processPairs({ ...options, ...others, outputDir: join(folder, 'refused') });
    await expect(run).rejects.toMatchObject({ code });
  });
});

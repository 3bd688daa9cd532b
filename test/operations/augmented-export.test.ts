import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createHashingEncoder, type DatasetExport, exportDataset, processPairs, verifyRun } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { changeScore } from '../../src/augmentation/change-score.ts';
import { readClaims } from '../../src/claims/read-claims.ts';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import { DEFAULT_CHOICES } from '../../src/midi/reading-choices.ts';
import type { Score } from '../../src/midi/score.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import { arrivalsFromZero } from '../../src/tokens/tokenizations/amt/arrivals-from-zero.ts';
import { runHere } from '../cli/run-here.ts';
import { readPacked } from '../dataset/packed-reader.ts';
import { folderDigest } from '../folder-digest.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('augmented-export');
const root = join(folder, 'midi-root');
const outputDir = join(folder, 'run');
const manifest = join(folder, 'pairs.jsonl');

interface Row {
  readonly index: number;
  readonly id: string;
  readonly midi_file: string;
  readonly text_description: string;
  readonly midi_tokens: readonly number[];
  readonly midi_metadata: Readonly<Record<string, unknown>>;
  readonly text_features: { readonly embedding: readonly number[] };
  readonly split: string;
  readonly agreement: { readonly read: boolean; readonly agrees: number; readonly contradicts: number };
  readonly augmentation: {
    readonly copy: number;
    readonly source_id: string;
    readonly transpose: number;
    readonly tempo: number;
    readonly velocity: number;
    readonly caption_rewritten: boolean;
  } | null;
}

const KEEP = {
  changes: 'transpose=-5..6,tempo=0.9..1.1,velocity=-20..20',
  copies: 2,
  captions: 'keep',
} as const;
const CHOICES = { ...DEFAULT_CHOICES, messages: true };

function readLines<Line>(file: string): readonly Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

const rowsOf = (out: string): readonly Row[] => readLines(join(out, 'processed_data.jsonl'));
const copiesOf = (out: string): readonly Row[] => rowsOf(out).filter(({ augmentation }) => augmentation !== null);

async function exported(
  name: string,
  options: Partial<Parameters<typeof exportDataset>[1]> = {},
): Promise<DatasetExport> {
  return exportDataset(outputDir, { to: 'jsonl', out: join(folder, name), workers: 1, ...options });
}

function scoreOf(midiFile: string, from = root): Score {
  const decoded = decodeMidi(readFileSync(join(from, midiFile)), DEFAULT_LIMITS, undefined, CHOICES);
  if (!decoded.ok) throw new Error(decoded.error.message);
  return decoded.score;
}

const TONICS = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
/** Pitch class of a key by its name. */
const keyOf = (name: unknown): number => {
  const tonic = String(name).split(' ')[0] ?? '';
  return TONICS.indexOf({ 'C#': 'Db', 'G#': 'Ab' }[tonic] ?? tonic);
};

const changedScore = ({ midi_file, augmentation }: Row): Score =>
  changeScore(scoreOf(midi_file), augmentation ?? { transpose: 0, tempo: 1, velocity: 0 });

beforeAll(async () => {
  cpSync(join(dirname(SAMPLE), 'midi'), join(root, 'midi'), { recursive: true });
  writeFileSync(manifest, readFileSync(SAMPLE, 'utf8').trimEnd().split('\n').slice(0, 12).join('\n'));
  const options = { inputFile: manifest, midiRoot: root, textEncoder: 'hashing', textDim: 8, workers: 1 } as const;
  await processPairs({ ...options, outputDir, split: 'train=0.7,validation=0.3', outputFormat: ['jsonl'] });
});

describe('augmented copies', () => {
  it('are rows of their split behind their source, with the ids and facts of the changed music', async () => {
    const { rows, augmented } = await exported('kept', { augment: KEEP });
    const written = rowsOf(join(folder, 'kept'));
    const sources = written.filter(({ augmentation }) => augmentation === null);
    expect(sources.map(({ augmentation: _, ...row }) => row)).toEqual(rowsOf(join(outputDir, 'dataset')));
    const training = sources.filter(({ split }) => split === 'train');
    const ids = sources.flatMap(({ id, split }) => (split === 'train' ? [id, `${id}#1`, `${id}#2`] : [id]));
    expect(written.map(({ id }) => id)).toEqual(ids);
    expect([rows, augmented]).toEqual([sources.length, { copies: 2 * training.length, short: 0, unread: 0 }]);
    const tokenizer = createTokenizer(presetConfig('tsd'));
    for (const row of copiesOf(join(folder, 'kept'))) {
      const score = changedScore(row);
      expect(row.split).toBe('train');
      expect(row.midi_tokens).toEqual([...(tokenizer.encode(score).streams[0] ?? [])]);
      expect(row.midi_metadata).toMatchObject({ ...extractFeatures(score), repairs: row.midi_metadata.repairs });
      expect(row.midi_metadata.note_hash).not.toBe(
        sources.find(({ index }) => index === row.index)?.midi_metadata.note_hash,
      );
    }
    const recipe = JSON.parse(readFileSync(join(folder, 'kept/recipe.json'), 'utf8'));
    expect(recipe).toMatchObject({
      augmentation: { copies: 2, captions: 'keep', splits: ['train'], seed: 0 },
      pairs: { rows: sources.length },
    });
    expect(readLines(join(folder, 'kept/augmentation.jsonl'))).toEqual([]);
  });

  it('are the same bytes however many workers there are', async () => {
    const augment = { changes: 'transpose=-5..6,tempo=0.9..1.1', copies: 3, captions: 'rewrite' } as const;
    await exported('rewritten', { augment });
    await exported('three', { augment, workers: 3 });
    expect(folderDigest(join(folder, 'three'))).toEqual(folderDigest(join(folder, 'rewritten')));
  });

  it('differ by their tokens from their source and from each other', async () => {
    // Velocities of MidiTok come in 32 steps: most of these change nothing.
    await exported('same', { augment: { changes: 'velocity=-3..3', copies: 'all' } });
    const [written, copies] = [rowsOf(join(folder, 'same')), copiesOf(join(folder, 'same'))];
    expect(copies.length).toBeGreaterThan(4);
    const tokens = written.map(({ index, midi_tokens: ids }) => `${index} ${ids.join()}`);
    expect(new Set(tokens).size).toBe(written.length);
  });

  it('leave what a caption states right, and say of rows that have fewer why', async () => {
    const out = join(folder, 'fit');
    const { code, stdout } = await runHere(
      `export ${outputDir} --to jsonl --out ${out} --augment transpose=-5..6,tempo=0.9..1.1 --augment_copies 3 --workers 1`.split(
        ' ',
      ),
    );
    const said = /rows and \d+ augmented copies as jsonl.*\n.*fewer.*augmentation\.jsonl/;
    expect([code, stdout]).toEqual([0, expect.stringMatching(said)]);
    const sources = new Map(rowsOf(out).map((row) => [row.id, row]));
    const copies = copiesOf(out);
    for (const { augmentation, agreement, text_description: text, midi_metadata: facts } of copies) {
      const source = sources.get(augmentation?.source_id ?? '');
      expect(text).toBe(source?.text_description);
      expect(agreement.agrees).toBeGreaterThanOrEqual(source?.agreement.agrees ?? 99);
      expect(agreement.contradicts).toBeLessThanOrEqual(source?.agreement.contradicts ?? -1);
      if (/ (major|minor)/.test(text)) expect(facts.key).toBe(source?.midi_metadata.key);
    }
    expect(copies.length).toBeGreaterThan(5);
    const short = readLines<Record<string, unknown>>(join(out, 'augmentation.jsonl'));
    // Captions that are not read may state a key: French and German ones.
    const unread = [...sources.values()].filter(({ agreement, split }) => !agreement.read && split === 'train');
    expect(unread.length).toBeGreaterThan(0);
    for (const { index } of unread)
      expect(short).toContainEqual(expect.objectContaining({ index, asked: 3, copies: 0 }));
    expect(short[0]).toEqual({
      index: expect.any(Number),
      id: expect.any(String),
      asked: 3,
      copies: expect.any(Number),
      unfit: 0,
      caption: expect.any(Number),
      same: expect.any(Number),
      filtered: 0,
      failed: 0,
      error: null,
    });
  });

  it('have captions with their own key and tempo, and the embedding of those, where they are rewritten', async () => {
    const copies = copiesOf(join(folder, 'rewritten'));
    const changed = copies.filter(({ augmentation }) => augmentation?.caption_rewritten);
    expect(changed.length).toBeGreaterThan(3);
    const encoder = createHashingEncoder({ dimensions: 8 });
    for (const { text_description: text, text_features: features, midi_metadata: facts, agreement } of changed) {
      const [encoded] = await encoder.encode([text.normalize('NFKC')]);
      expect(features.embedding).toEqual([...(encoded?.embedding ?? [])].map((value) => expect.closeTo(value, 6)));
      expect([agreement.read, agreement.contradicts]).toEqual([true, 0]);
      const key = readClaims(text)?.find((claim) => claim.kind === 'key' && !claim.partly);
      if (key?.kind === 'key' && agreement.agrees > 0) expect(keyOf(facts.key)).toBe(key.tonic ?? keyOf(facts.key));
    }
  });

  it('that contradict their captions are told apart where captions are kept', async () => {
    const contradicted = copiesOf(join(folder, 'kept')).filter(({ agreement }) => agreement.contradicts > 0);
    expect(contradicted.length).toBeGreaterThan(2);
    await exported('filtered', {
      augment: { ...KEEP, changes: 'transpose=0..6:6,velocity=30', copies: 'all', splits: ['validation', 'train'] },
      filter: 'caption_contradictions=0',
    });
    const copies = copiesOf(join(folder, 'filtered'));
    expect(copies.filter(({ agreement }) => agreement.contradicts > 0)).toEqual([]);
    expect(new Set(copies.map(({ split }) => split))).toEqual(new Set(['validation', 'train']));
    expect(readLines<object>(join(folder, 'filtered/augmentation.jsonl'))).toContainEqual(
      expect.objectContaining({ filtered: 1 }),
    );
  });

  it('are not made of a file that is gone, or another by now, and the rows are still there', async () => {
    const source = rowsOf(join(outputDir, 'dataset')).filter(({ split }) => split === 'train');
    const [gone, changed] = [source[0], source[1]];
    const elsewhere = join(folder, 'elsewhere');
    cpSync(root, elsewhere, { recursive: true });
    const others = source.slice(2).map(({ midi_file: file }) => file);
    cpSync(join(root, others[0] ?? ''), join(root, changed?.midi_file ?? ''));
    rmSync(join(root, gone?.midi_file ?? ''));
    const { augmented } = await exported('gone', { augment: { changes: 'transpose=1', captions: 'keep' } });
    cpSync(elsewhere, root, { recursive: true });
    expect(augmented).toEqual({ copies: source.length - 2, short: 2, unread: 2 });
    const lines = readLines<{ index: number; error: string }>(join(folder, 'gone/augmentation.jsonl'));
    expect(lines.map(({ index, error }) => [index, error])).toEqual([
      [gone?.index, 'midi_file_not_found'],
      [changed?.index, 'midi_changed'],
    ]);
    expect(rowsOf(join(folder, 'gone')).length).toBeGreaterThan(copiesOf(join(folder, 'gone')).length);
  });
});

describe('augmented copies in other formats', () => {
  const augment = { changes: 'transpose=1..4', copies: 2, captions: 'keep' } as const;
  const training = (): readonly Row[] => rowsOf(join(outputDir, 'dataset')).filter(({ split }) => split === 'train');

  it('are documents of packed ids', async () => {
    await exported('packed', { to: 'packed', augment: KEEP });
    const { sequences, documents } = readPacked(join(folder, 'packed/packed/train'));
    const expected = rowsOf(join(folder, 'kept')).filter(({ split }) => split === 'train');
    expect(sequences).toEqual(expected.map(({ midi_tokens: ids }) => ids));
    expect(documents).toEqual(Array.from({ length: expected.length + 1 }, (_, at) => at));
  });

  it('are MIDI files in a folder, which a run reads', async () => {
    await exported('hub', { to: 'hf-folder', augment });
    const lines = readLines<{ file_name: string; location: string; augmentation?: Row['augmentation'] }>(
      join(folder, 'hub/train/metadata.jsonl'),
    );
    expect(lines).toHaveLength(3 * training().length);
    const tokenizer = createTokenizer(presetConfig('tsd'));
    for (const { file_name: name, location, augmentation } of lines.slice(0, 6)) {
      const written = scoreOf(name, join(folder, 'hub/train'));
      const meant = changeScore(scoreOf(location), augmentation ?? { transpose: 0, tempo: 1, velocity: 0 });
      expect(name.includes('-a')).toBe(augmentation !== undefined);
      expect(tokenizer.encode(written).streams).toEqual(tokenizer.encode(meant).streams);
    }
  });

  it('are lines for Aria and MIDI-LLM', async () => {
    await exported('aria', { to: 'aria', augment });
    const dicts = readLines<{ metadata: Record<string, string> }>(join(folder, 'aria/mididict_train.jsonl'));
    expect(dicts).toHaveLength(3 * training().length);
    expect(dicts.filter(({ metadata }) => metadata.augmentation !== undefined)).toHaveLength(2 * training().length);
    await exported('llm', { to: 'midi-llm', augment });
    const captions = Object.keys(JSON.parse(readFileSync(join(folder, 'llm/captions.json'), 'utf8')));
    expect(captions.filter((location) => /#[12]$/.test(location)).length).toBeGreaterThan(2);
  });

  it('are windows with numbers, and ids of a vocabulary that the run learned', async () => {
    const learned = join(folder, 'learned');
    const options = { inputFile: manifest, midiRoot: root, textEncoder: 'none', workers: 1, limit: 6 } as const;
    const windows = { maxSequenceLength: 64, sequencePolicy: 'split', rowPerWindow: true, vocabSize: 560 } as const;
    await processPairs({ ...options, ...windows, outputDir: learned, tokenizer: 'remi', outputFormat: ['jsonl'] });
    const out = join(folder, 'windows');
    await exportDataset(learned, { to: 'jsonl', out, augment, workers: 1 });
    const tokenizer = createTokenizer(parseTokenizerConfig(readFileSync(join(out, 'tokenizer.json'), 'utf8')));
    const copies = copiesOf(out).filter(({ id, index }) => id.endsWith('#2') && index === 1);
    expect(copies.length).toBeGreaterThan(2);
    const ids = copies.flatMap(({ midi_tokens }) => midi_tokens);
    expect(ids).toEqual(
      copies[0] === undefined ? [] : [...(tokenizer.encode(changedScore(copies[0])).streams[0] ?? [])],
    );
  });

  it('are ids of AMT, times and all', async () => {
    const amt = join(folder, 'amt-run');
    const options = { inputFile: manifest, midiRoot: root, textEncoder: 'none', workers: 1, limit: 4 } as const;
    await processPairs({ ...options, outputDir: amt, tokenizer: 'amt', outputFormat: ['jsonl', 'packed'] });
    expect((await verifyRun(amt)).checks.pairs).toEqual({ count: 0, first: [] });
    const whole = rowsOf(join(amt, 'dataset')).map(({ midi_tokens: ids }) => [
      ...arrivalsFromZero(Int32Array.from(ids)),
    ]);
    expect(readPacked(join(amt, 'dataset/packed/train')).sequences).toEqual(whole.flat().map((ids) => [...ids]));
    const out = join(folder, 'amt-rows');
    await exportDataset(amt, {
      to: 'jsonl',
      out,
      augment: { changes: 'transpose=2,tempo=0.8', captions: 'keep' },
      workers: 1,
    });
    const tokenizer = createTokenizer(presetConfig('amt'));
    for (const row of copiesOf(out))
      expect(row.midi_tokens).toEqual([...(tokenizer.encode(changedScore(row)).streams[0] ?? [])]);
    expect(copiesOf(out).length).toBeGreaterThan(1);
    const velocity = exportDataset(amt, { to: 'jsonl', out, augment: { changes: 'velocity=-5..5' }, workers: 1 });
    await expect(velocity).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('velocity'),
    });
  });

  it('leave the export before as it was when they are stopped', async () => {
    const before = folderDigest(join(folder, 'kept'));
    const options = { to: 'jsonl', out: join(folder, 'kept'), workers: 1, augment: { ...augment, seed: 9 } } as const;
    await expect(exportDataset(outputDir, options, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
    expect(folderDigest(join(folder, 'kept'))).toEqual(before);
    expect(existsSync(join(folder, 'kept.tmp'))).toBe(false);
  });

  it('are cut into windows with their rows, where the run left these whole; not otherwise than a run has cut them', async () => {
    const windows = { maxSequenceLength: 200, sequencePolicy: 'split', rowPerWindow: true } as const;
    await exported('cut', { ...windows, augment: KEEP });
    const cut = copiesOf(join(folder, 'cut')).filter(({ id, index }) => id.endsWith('#1') && index === 1);
    const whole = copiesOf(join(folder, 'kept')).find(({ id, index }) => id.endsWith('#1') && index === 1);
    expect(cut.flatMap(({ midi_tokens: ids }) => ids)).toEqual(whole?.midi_tokens);
    expect(cut.length).toBeGreaterThan(2);
    const again = { to: 'jsonl', out: join(folder, 'again'), maxSequenceLength: 32 } as const;
    await exportDataset(join(folder, 'learned'), { ...again, workers: 1 });
    expect(rowsOf(join(folder, 'again')).every(({ midi_tokens: ids }) => ids.length <= 32)).toBe(true);
  });

  it.each(['npy', 'captions', 'text2midi', 'hf_tokenizer'] as const)(
    'are refused in %s with the reason',
    async (to) => {
      await expect(exported('refused', { to, augment })).rejects.toMatchObject({ code: 'format_not_augmented' });
      expect(existsSync(join(folder, 'refused'))).toBe(false);
    },
  );
});

describe('the flags of augmentation', () => {
  it.each([
    ['--augment pitch=1', '"pitch" is none'],
    ['--augment transpose=0', 'no change'],
    ['--augment transpose=1..2 --augment_splits test', 'train, validation'],
    ['--augment tempo=0.5..2,transpose=-60..60 --augment_copies all', 'at most 1000'],
    ['--augment_copies 2', '--augment'],
    ['--augment transpose=1 --augment_captions lie', 'fit|rewrite|keep'.split('|')[0] ?? ''],
  ])('%s is refused', async (flags, expected) => {
    const { code, stderr } = await runHere(
      `export ${outputDir} --to jsonl --out ${join(folder, 'wrong')} ${flags}`.split(' '),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exportDataset, openPlan, processPairs } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import { midiDict } from '../../src/midi/midi-dict.ts';
import { DEFAULT_CHOICES } from '../../src/midi/reading-choices.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import { runHere } from '../cli/run-here.ts';
import { readPacked } from '../dataset/packed-reader.ts';
import { folderDigest } from '../folder-digest.ts';
import { goldenDirectory, skipReason } from '../midi/shared-data.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('export-dataset');
const outputDir = join(folder, 'run');
const manifest = join(folder, 'pairs.jsonl');
const root = dirname(SAMPLE);
const records = readFileSync(SAMPLE, 'utf8')
  .trimEnd()
  .split('\n')
  .slice(10, 26)
  .map((line) => JSON.parse(line));
interface Row {
  readonly index: number;
  readonly midi_file: string;
  readonly text_description: string;
  readonly midi_tokens: readonly number[];
  readonly split: string;
}
let rows: readonly Row[] = [];

const readLines = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

async function exported(to: Parameters<typeof exportDataset>[1]['to'], others: object = {}): Promise<string> {
  const out = join(folder, to);
  await exportDataset(outputDir, { to, out, ...others });
  return out;
}

beforeAll(async () => {
  writeFileSync(manifest, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const split = 'train=0.6,validation=0.4';
  const options = {
    inputFile: manifest,
    midiRoot: root,
    outputDir,
    split,
    textEncoder: 'hashing',
    workers: 1,
  } as const;
  await processPairs({ ...options, textDim: 8, outputFormat: ['jsonl'] });
  rows = readLines(join(outputDir, 'dataset/processed_data.jsonl'));
});

describe('an export', () => {
  it('of rows is what the run would have written, and changes nothing in the run', async () => {
    const before = folderDigest(outputDir);
    const out = await exported('jsonl');
    expect(readLines(join(out, 'processed_data.jsonl'))).toEqual(rows);
    const { sequences } = readPacked(join(await exported('packed', { addEos: true }), 'packed/train'));
    const train = rows.filter(({ split }) => split === 'train').map(({ midi_tokens: ids }) => [...ids, 2]);
    expect(sequences).toEqual(train);
    expect(readdirSync(await exported('parquet'))).toContain('data');
    expect(folderDigest(outputDir)).toEqual(before);
  });

  it('of rows that the run left whole is cut into windows', async () => {
    const windows = { maxSequenceLength: 100, sequencePolicy: 'split', windowOverlap: 10 } as const;
    const out = await exported('jsonl', { ...windows, rowPerWindow: true });
    const cut: readonly Row[] = readLines(join(out, 'processed_data.jsonl'));
    expect(cut.every(({ midi_tokens: ids }) => ids.length <= 100)).toBe(true);
    expect(cut.length).toBeGreaterThan(2 * rows.length);
    expect(JSON.parse(readFileSync(join(out, 'recipe.json'), 'utf8'))).toMatchObject({
      cut: { max_sequence_length: 100, sequence_policy: 'split', window_overlap: 10 },
    });
    const packed = await exported('packed', windows);
    const train = cut.filter(({ split }) => split === 'train').map(({ midi_tokens: ids }) => [...ids]);
    expect(readPacked(join(packed, 'packed/train')).sequences).toEqual(train);
  });

  it('of captions has each row as JSON and as CSV, by its location', async () => {
    const out = await exported('captions');
    const expected = rows.map((row) => [row.midi_file, row.text_description, row.split]);
    const lines = readLines(join(out, 'captions.jsonl'));
    expect(lines.map((line) => [line.location, line.caption, line.split])).toEqual(expected);
    // Our own reader of tables takes it.
    const plan = await openPlan({ inputFile: join(out, 'captions.csv') });
    for await (const { pairs } of plan.batches(0, 100)) {
      expect(pairs.map((pair) => [pair.midiFile, pair.text, pair.metadata.split])).toEqual(expected);
    }
  });

  it('for Text2midi has its ids and its tokenizer', async () => {
    const out = await exported('text2midi');
    const tokenizer = createTokenizer(presetConfig('text2midi'));
    const lines = readLines(join(out, 'captions/captions.json'));
    expect(lines.map(({ location }) => location)).toEqual(rows.map((row) => row.midi_file));
    for (const { location, tokens } of lines.slice(0, 3)) {
      const decoded = decodeMidi(readFileSync(join(root, location)));
      if (!decoded.ok) throw new Error(decoded.error.message);
      expect(tokens).toEqual([...(tokenizer.encode(decoded.score).streams[0] ?? [])]);
    }
    expect(readFileSync(join(out, 'artifacts/tokenizer.json'), 'utf8')).toBe(tokenizer.toJson());
  });

  it('for MIDI-LLM has lines of one piece each, with ids behind those of the text model', async () => {
    const out = await exported('midi-llm');
    const captions = JSON.parse(readFileSync(join(out, 'captions.json'), 'utf8'));
    const splits: Readonly<Record<string, readonly string[]>> = JSON.parse(
      readFileSync(join(out, 'splits.json'), 'utf8'),
    );
    const leftOut = readLines(join(out, 'left_out.jsonl'));
    expect(Object.keys(captions).length + leftOut.length).toBe(rows.length);
    expect(Object.keys(captions).length).toBeGreaterThan(2);
    expect(Object.values(splits).flat().sort()).toEqual(Object.keys(captions).sort());
    for (const [split, locations] of Object.entries(splits)) {
      const lines = readFileSync(join(out, `tokenized-events-${split}.txt`), 'utf8')
        .trimEnd()
        .split('\n');
      expect(new Set(lines.map((line) => line.split(' | ')[0]))).toEqual(new Set(locations));
      const examples = readLines(join(out, `${split}.jsonl`));
      const ids = lines.map((line) => (line.split(' | ')[1] ?? '').split(' ').map(Number));
      expect(examples.map((example) => example.ids.map((id: number) => id - 128_256))).toEqual(ids);
      expect(ids.every(([first, second]) => first === 55_026 && second !== undefined)).toBe(true);
      expect(examples[0].prompt).toBe(
        `You are a world-class composer. Please compose some music according to the following description: ${captions[examples[0].location]} `,
      );
    }
  });

  it('for Aria has the keys that it asserts, and no others', async () => {
    const out = await exported('aria');
    const files = readdirSync(out).filter((name) => name.startsWith('mididict_'));
    expect(files.sort()).toEqual(['mididict_train.jsonl', 'mididict_val.jsonl']);
    const dicts = files.flatMap((name) => readLines(join(out, name)));
    expect(dicts).toHaveLength(rows.length);
    const keys = 'instrument_msgs meta_msgs metadata note_msgs pedal_msgs tempo_msgs ticks_per_beat'.split(' ');
    for (const dict of dicts) expect(Object.keys(dict).sort()).toEqual(keys);
  });

  it('as a folder of the hub is read by us again with the same captions', async () => {
    const out = await exported('hf-folder');
    for (const split of ['train', 'validation']) {
      const ofSplit = rows.filter((row) => row.split === split);
      const lines = readLines(join(out, split, 'metadata.jsonl'));
      expect(lines.map(({ text }) => text)).toEqual(ofSplit.map((row) => row.text_description));
      for (const { file_name, location } of lines) {
        expect(readFileSync(join(out, split, file_name)).equals(readFileSync(join(root, location)))).toBe(true);
      }
    }
    const { counts } = await openPlan({ inputFile: join(out, 'train') });
    expect(counts.withMidi).toBe(rows.filter((row) => row.split === 'train').length);
  });

  it('of the tokenizer is the folder that stands in the data set', async () => {
    const out = await exported('hf_tokenizer');
    const file = 'tokenizer.json';
    expect(readFileSync(join(out, file))).toEqual(readFileSync(join(outputDir, 'dataset/hf_tokenizer', file)));
  });

  it('names what cannot be had any more, and takes no other file in its place', async () => {
    const moved = join(folder, 'moved');
    mkdirSync(moved);
    for (const { midi_file } of records) {
      mkdirSync(dirname(join(moved, midi_file)), { recursive: true });
      if (existsSync(join(root, midi_file))) writeFileSync(join(moved, midi_file), readFileSync(join(root, midi_file)));
    }
    const other = join(folder, 'other-run');
    await processPairs({ inputFile: manifest, midiRoot: moved, outputDir: other, textEncoder: 'none', workers: 1 });
    const [first, second] = rows.map((row) => row.midi_file);
    writeFileSync(join(moved, first ?? ''), readFileSync(join(moved, second ?? '')));
    const out = join(folder, 'changed');
    await exportDataset(other, { to: 'aria', out });
    expect(readLines(join(out, 'left_out.jsonl'))).toContainEqual({ index: rows[0]?.index, reason: 'changed' });
  });

  it('is refused over other things, of a folder that is no run, and of another manifest', async () => {
    const out = join(folder, 'occupied');
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.txt'), 'years of work');
    await expect(exportDataset(outputDir, { to: 'captions', out })).rejects.toMatchObject({
      code: 'export_in_the_way',
    });
    expect(readdirSync(out)).toEqual(['thesis.txt']);
    await expect(exportDataset(out, { to: 'captions', out })).rejects.toMatchObject({ code: 'no_run' });
    const amt = exportDataset(outputDir, { to: 'amt', out: join(folder, 'amt') });
    await expect(amt).rejects.toMatchObject({ code: 'format_needs_tokenizer' });
  });

  it('is made by the command line, again and again in the same place', async () => {
    const out = join(folder, 'by-hand');
    for (const to of ['captions', 'hf-folder']) {
      const { code, stdout } = await runHere(['export', outputDir, '--to', to, '--out', out, '--json']);
      expect([code, JSON.parse(stdout)]).toMatchObject([0, { format: to, rows: rows.length, directory: out }]);
    }
    expect(readdirSync(out)).not.toContain('captions.jsonl');
    const wrong = await runHere(['export', outputDir, '--to', 'midi_llm', '--out', out]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('midi-llm')]);
  });
});

describe.skipIf(skipReason !== undefined)('a MidiDict', () => {
  it('is what aria-utils makes of the file', () => {
    const golden = JSON.parse(readFileSync(join(goldenDirectory, 'contracts/aria-golden.json'), 'utf8'));
    const decoded = decodeMidi(readFileSync(join(goldenDirectory, 'contracts/tiny.mid')), DEFAULT_LIMITS, undefined, {
      ...DEFAULT_CHOICES,
      messages: true,
    });
    if (!decoded.ok) throw new Error(decoded.error.message);
    const { metadata, ...dict } = midiDict(decoded.score);
    expect(dict).toEqual(golden['tiny.mid'].msg_dict);
    expect(metadata).toEqual({});
  });
});

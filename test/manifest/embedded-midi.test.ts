import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { processPairs, type RunEvent } from 'midiloom';
import { describe, expect, it } from 'vitest';
import { openPlan } from '../../src/manifest/open-plan.ts';
import type { Pair } from '../../src/manifest/pair.ts';
import { folderDigest } from '../folder-digest.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('embedded');
const midiFolder = join(dirname(SAMPLE), 'midi');
const names = readdirSync(midiFolder)
  .filter((name) => !name.startsWith('bad-'))
  .slice(0, 9);
const files = names.map((name) => readFileSync(join(midiFolder, name)));
const captions = names.map((name) => `The piece ${name}.`);
const halfSha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 32);

type Columns = Parameters<typeof parquetWriteBuffer>[0]['columnData'];

function write(name: string, columnData: Columns, rowGroupSize = 4): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize })));
  return file;
}

const music = (data: readonly (Uint8Array | null)[], name = 'music'): Columns[number] => ({
  name,
  data: [...data],
  type: 'BYTE_ARRAY',
  nullable: true,
});
const text: Columns[number] = { name: 'caption', data: captions, type: 'STRING' };

async function pairsOf(inputFile: string, from = 0, options = {}): Promise<readonly Pair[]> {
  const plan = await openPlan({ inputFile, ...options });
  const pairs: Pair[] = [];
  for await (const batch of plan.batches(from, 2, undefined, true)) pairs.push(...batch.pairs);
  return pairs;
}

describe('MIDI files that lie in a Parquet file', () => {
  it('are found by their content, come with their bytes from any row on, and are known by them', async () => {
    const file = write('flat.parquet', [{ name: 'md5', data: names, type: 'STRING' }, music(files), text]);
    for (const from of [0, 5]) {
      const pairs = await pairsOf(file, from);
      expect(pairs.map(({ embedded }) => Buffer.from(embedded?.bytes ?? []))).toEqual(files.slice(from));
      expect(pairs.map(({ midiFile }) => midiFile)).toEqual(files.slice(from).map((bytes) => `${halfSha(bytes)}.mid`));
      expect(pairs[0]?.metadata).toEqual({ md5: names[from] });
    }
    const plan = await openPlan({ inputFile: file });
    expect(plan).toMatchObject({ fields: { midi: 'music', text: 'caption' }, notes: [] });
    for await (const { pairs } of plan.batches(0, 9)) expect(pairs[0]?.embedded?.bytes).toBeUndefined();
    const otherwise = write('otherwise.parquet', [text, music(files, 'midi')], 100);
    expect((await openPlan({ inputFile: otherwise })).hash).toBe(plan.hash);
    const changed = write('changed.parquet', [music(files.with(7, Buffer.from('MThd, and no more'))), text]);
    expect((await openPlan({ inputFile: changed })).hash).not.toBe(plan.hash);
  });

  it('have the name that the list gives them, and no row without one is lost', async () => {
    const path: Columns[number] = { name: 'file_name', data: names, type: 'STRING' };
    const other = files.map(() => Buffer.from('no MIDI'));
    const columns = [path, music(files.with(2, Buffer.alloc(0)) as never), music(other, 'png'), text];
    const file = write('named.parquet', columns);
    const pairs = await pairsOf(file);
    expect(pairs.map(({ midiFile }) => midiFile)).toEqual(names);
    expect((await openPlan({ inputFile: file })).notes.join()).toContain('the column "png"');
    const missing = await pairsOf(write('missing.parquet', [music(files.with(3, null as never)), text]));
    expect(missing[3]).toMatchObject({ midiFile: undefined, text: captions[3] });
  });

  it('are those of the column that the user names, where there are several', async () => {
    const file = write('two.parquet', [music(files), music([...files].reverse(), 'played'), text]);
    for (const midiField of ['played', 'played.bytes']) {
      const [first] = await pairsOf(file, 0, { midiField });
      expect(first?.embedded?.field).toBe('played');
    }
  });

  it('make the data set that they make as files, also packed by gzip, and after a stop', async () => {
    const list = join(folder, 'files.jsonl');
    const lines = names.map((name, at) => JSON.stringify({ midi_file: name, caption: captions[at] }));
    writeFileSync(list, lines.join('\n'));
    const how = {
      textEncoder: 'hashing',
      workers: 1,
      batchSize: 2,
      checkpointInterval: 1,
      outputFormat: ['jsonl'],
    } as const;
    const asFiles = await processPairs({
      inputFile: list,
      midiRoot: midiFolder,
      outputDir: join(folder, 'as-files'),
      ...how,
    });
    const path: Columns[number] = { name: 'path', data: names, type: 'STRING' };
    const packed = files.map((bytes, at) => (at % 2 === 0 ? gzipSync(bytes) : bytes));
    const inputFile = write('run.parquet', [music(packed), path, text]);
    const outputDir = join(folder, 'embedded-run');
    const stop = new AbortController();
    const onEvent = ({ type }: RunEvent) => type === 'saved' && stop.abort();
    const stopped = await processPairs({ inputFile, outputDir, ...how }, { signal: stop.signal, onEvent });
    expect(stopped.status).toBe('interrupted');
    const notices: RunEvent[] = [];
    await processPairs({ outputDir }, { onEvent: (event) => event.type === 'notice' && notices.push(event) });
    expect(notices).toEqual([]);
    const rows = (directory: string) => folderDigest(join(directory, 'dataset'))['processed_data.jsonl'];
    expect(rows(outputDir)).toBe(rows(asFiles.outputDir));
  });

  it('are read of all shards of a folder, each of its split', async () => {
    write('hub/data/test-00000-of-00001.parquet', [music(files.slice(0, 1))]);
    for (const at of [0, 1]) write(`hub/data/train-0000${at}-of-00002.parquet`, [music(files.slice(at + 1, at + 2))]);
    write('by-folder/train/0.parquet', [music(files.slice(0, 2))]);
    write('by-folder/validation/0.parquet', [music(files.slice(2, 3))]);
    const splits = async (name: string) => (await pairsOf(join(folder, name))).map(({ split }) => split);
    expect(await splits('hub')).toEqual(['train', 'train', 'test']);
    expect(await splits('by-folder')).toEqual(['train', 'train', 'validation']);
  });

  it('are not looked for in a table about something else, which lies in a folder of MIDI files', async () => {
    const file = write('mixed/statistics.parquet', [{ name: 'count', data: ['1'], type: 'STRING' }]);
    mkdirSync(join(dirname(file), 'midi'));
    writeFileSync(join(dirname(file), 'midi', 'a.mid'), files[0] ?? '');
    expect((await pairsOf(dirname(file))).map(({ midiFile }) => midiFile)).toEqual(['midi/a.mid']);
  });

  it('are refused as a manifest that cannot be read where a page is damaged', async () => {
    const file = write('damaged.parquet', [music(files), text]);
    const bytes = readFileSync(file);
    bytes.fill(0xff, 200, 4000);
    writeFileSync(file, bytes);
    await expect(openPlan({ inputFile: file })).rejects.toMatchObject({ code: 'manifest_invalid' });
  });
});

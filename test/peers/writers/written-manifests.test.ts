import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openPlan } from '../../../src/manifest/open-plan.ts';
import { readPairs } from '../../manifest/read-plan.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { missingPeers, Peer } from '../python.ts';

const WRITERS = [
  ['pandas.to_csv', 'csv'],
  ['pandas.to_csv:index', 'csv'],
  ['pandas.to_csv:semicolon', 'csv'],
  ['pandas.to_csv:utf-8-sig', 'csv'],
  ['pandas.to_csv:utf-16', 'csv'],
  ['pandas.to_csv', 'csv.gz'],
  ['pandas.to_csv', 'csv.zst'],
  ['pandas.to_json', 'json'],
  ['pandas.to_json:index', 'json'],
  ['pandas.to_json:records', 'json'],
  ['pandas.to_json:split', 'json'],
  ['pandas.to_json_lines', 'jsonl'],
  ['pandas.to_json_lines', 'jsonl.gz'],
  ['pandas.to_parquet', 'parquet'],
  ['polars.write_parquet', 'parquet'],
  ['polars.write_parquet:lz4', 'parquet'],
  ['polars.write_csv', 'csv'],
  ['polars.write_ndjson', 'jsonl'],
  ['pyarrow:v1', 'parquet'],
  ['pyarrow:v2', 'parquet'],
  ['pyarrow:groups', 'parquet'],
  ['pyarrow:gzip', 'parquet'],
  ['pyarrow:brotli', 'parquet'],
  ['pyarrow:zstd', 'parquet'],
  ['pyarrow:none', 'parquet'],
] as const;

const rows = Array.from({ length: 9 }, (_, at) => ({
  file_name: `midi/${at} é.mid`,
  caption: at === 4 ? 'two\nlines, "quoted"; and a \t tab' : `A piece (${at}), 日本 😀`,
  mood: at % 2 === 0 ? 'calm' : 'wild',
}));

const missing = missingPeers('pandas', 'polars', 'pyarrow', 'datasets');
const folder = temporaryFolder('written-manifests');
const peer = missing === undefined ? new Peer('writers/write-manifest.py') : undefined;
afterAll(() => peer?.end());

describe.skipIf(missing !== undefined)('a manifest written in Python is read equal', () => {
  it.each(WRITERS)('%s, %s', async (writer, extension) => {
    const file = join(folder, `${writer.replaceAll(/[.:]/g, '-')}.${extension}`);
    await peer?.ask({ writer, file, rows });
    const plan = await openPlan({ inputFile: file });
    const reference = rows.map(({ file_name, caption, mood }) => [file_name, caption, mood]);
    const pairs = await readPairs(plan);
    expect(pairs.map(({ midiFile, text, metadata }) => [midiFile, text, metadata.mood])).toEqual(reference);
    expect(await readPairs(plan, 5)).toEqual(pairs.slice(5));
  });
});

const midi = Array.from({ length: 30 }, (_, at) => Buffer.concat([Buffer.from('MThd'), Buffer.alloc(at * 400, at)]));
const packed = (at: number) => ({ base64: midi[at]?.toString('base64') });
const bytesOf = async (inputFile: string, from: number) => {
  const found: (Buffer | undefined)[] = [];
  const plan = await openPlan({ inputFile });
  for await (const { pairs } of plan.batches(from, 7, undefined, true))
    found.push(...pairs.map(({ embedded }) => embedded && Buffer.from(embedded.bytes ?? [])));
  return found;
};

describe.skipIf(missing !== undefined)('MIDI files in a Parquet file written in Python are read equal', () => {
  it.each(WRITERS.filter(([, extension]) => extension === 'parquet').concat([['datasets', 'parquet'] as never]))(
    '%s',
    async (writer) => {
      const flat = midi.map((_, at) => ({ music: at === 3 ? null : packed(at), title: `Piece ${at}` }));
      const structs = midi.map((_, at) => ({ music: at === 3 ? null : { bytes: packed(at), path: `${at}.mid` } }));
      for (const [name, given] of [['flat', flat] as const, ['structs', structs] as const]) {
        const file = join(folder, `${name}-${writer.replaceAll(/[.:]/g, '-')}.parquet`);
        await peer?.ask({ writer, file, rows: given });
        const reference: (Buffer | undefined)[] = midi.with(3, undefined as never);
        expect(await bytesOf(file, 0), name).toEqual(reference);
        expect(await bytesOf(file, 11), name).toEqual(reference.slice(11));
      }
    },
  );
});

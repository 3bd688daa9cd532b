import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpack } from 'msgpackr';
import { describe, expect, test } from 'vitest';
import { storeRecords, unpackRecords, writesZstd } from '../../src/checkpoint/pack-records.ts';
import { frameRecord } from '../../src/checkpoint/record-frame.ts';
import { RecordPicker } from '../../src/checkpoint/record-picker.ts';
import { RecordSource } from '../../src/checkpoint/record-source.ts';
import { readSegment, readSegmentHeader, writeSegment } from '../../src/checkpoint/segment.ts';
import type { SegmentCommit } from '../../src/checkpoint/segment-commit.ts';
import { stageFiles } from '../../src/checkpoint/stage-files.ts';
import { codeOf } from '../../src/errors.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { context, mainPass, open, outcomes } from './stage-fixture.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** What packs well, as tokens do. */
const long = (commit: SegmentCommit): SegmentCommit => ({
  ...commit,
  frames: Array.from({ length: commit.last - commit.first + 1 }, (_, at) =>
    frameRecord(commit.first + at, Buffer.from(`${commit.first + at} `.repeat(200))),
  ),
});
const ZLIB = { name: 'zlib', level: 1 } as const;
const segmentIn = (directory: string, sequence: number): string =>
  join(directory, 'midi_checkpoint.d', `segment-000000${sequence}.msgpack`);

/** A run that began without packing, goes on with zlib, and ends without. */
async function mixed(): Promise<{ readonly directory: string; readonly rows: readonly string[] }> {
  const directory = temporaryDirectory();
  const plain = temporaryDirectory();
  for (const [first, packing] of [
    [0, undefined],
    [5, ZLIB],
    [10, ZLIB],
    [15, undefined],
  ] as const) {
    const { store } = await open(directory, { packing });
    await store.commit(long(mainPass(first, first + 4)), context);
    const { store: other } = await open(plain);
    await other.commit(long(mainPass(first, first + 4)), context);
  }
  return { directory, rows: await outcomes((await open(plain)).store) };
}

describe('packed segments', () => {
  test('a mixed run reads back as one that never packed, in order, one by one and by chance', async () => {
    const { directory, rows } = await mixed();
    const { store, recovered } = await open(directory);
    expect(recovered).toEqual([]);
    expect(await outcomes(store)).toEqual(rows);
    expect(await store.verifyAll()).toBeUndefined();
    const sizes = [0, 1].map((sequence) => readFileSync(segmentIn(directory, sequence)).length);
    expect(sizes[1]).toBeLessThan((sizes[0] ?? 0) / 4);

    const checkpoint = join(directory, 'midi_checkpoint.json');
    const refs = [0, 5, 10, 15].map((first, sequence) => ({ sequence, pass: 0, first, last: first + 4 }));
    const picked = await new RecordPicker(checkpoint).pick(refs, [3, 7, 8, 19]);
    for (const index of [3, 7, 8, 19]) {
      expect(picked.get(index)).toMatchObject({ ok: true, bytes: Buffer.from(rows[index] ?? '') });
    }
    const source = new RecordSource(stageFiles(checkpoint), refs, async () => {});
    // Out of order, so that segments are met again after they were let go.
    for (const order of [
      [12, 1],
      [6, 17],
      [13, 2],
      [7, 0],
    ]) {
      const found = await source.read(order);
      expect(found.map((record) => record?.ok && Buffer.from(record.bytes).toString())).toEqual(
        order.map((index) => rows[index]),
      );
    }
  });

  test('a damaged one costs its own pairs only', async () => {
    const { directory, rows } = await mixed();
    const bytes = readFileSync(segmentIn(directory, 1));
    bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
    writeFileSync(segmentIn(directory, 1), bytes);
    const { store } = await open(directory);
    const bad = await store.verifyAll();
    expect(bad).toMatchObject({ sequence: 1, present: true });
    if (bad !== undefined) await store.lose(bad);
    const found = await outcomes(store);
    expect(found).toEqual(rows.map((row, index) => (index >= 5 && index < 10 ? 'missing' : row)));
  });

  test('no flipped bit of one is ever accepted', async () => {
    const disk = new MemoryFileSystem();
    const directory = temporaryDirectory();
    const { store } = await open(directory, { packing: ZLIB });
    await store.commit(long(mainPass(0, 4)), context);
    const good = readFileSync(segmentIn(directory, 0));
    const { header } = await readSegmentHeader(segmentIn(directory, 0));
    expect(header.packed).toMatchObject({ by: 'zlib' });
    await writeSegment('/segment', header, [good.subarray(good.length - header.recordsBytes)], disk);
    expect(disk.peek('/segment')).toEqual(good);
    const found = new Set<string | undefined>();
    for (let bit = 0; bit < good.length * 8; bit++) {
      const bytes = Buffer.from(good);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      disk.poke('/segment', bytes);
      found.add(await readSegment('/segment', disk).then(() => `bit ${bit} was accepted`, codeOf));
    }
    expect([...found]).toEqual(['segment_corrupt']);
  });

  test('one is a msgpack value that another reader reads', async () => {
    const directory = temporaryDirectory();
    const { store } = await open(directory, { packing: ZLIB });
    await store.commit(long(mainPass(0, 4)), context);
    const [magic, head, , records] = unpack(readFileSync(segmentIn(directory, 0)));
    expect(magic).toBe('midiloom-segment');
    expect(unpack(head)).toMatchObject({ version: 4, packed_by: 'zlib', records_bytes: records.length });
  });

  test('what does not get smaller stays as it is', async () => {
    const frames = [Buffer.from([1, 2, 3, 4])];
    const stored = await storeRecords(frames, ZLIB);
    expect(stored.packed).toBeUndefined();
    expect(stored.chunks).toBe(frames);
  });

  test('what unpacks to more than its header says is refused before there is room for it', async () => {
    const stored = await storeRecords([Buffer.alloc(1_000_000)], ZLIB);
    const bytes = Buffer.concat(stored.chunks);
    await expect(unpackRecords(bytes, { by: 'zlib', sizeBytes: 1000 })).rejects.toThrow();
    await expect(unpackRecords(bytes, { by: 'zlib', sizeBytes: 2_000_000 })).rejects.toThrow(/instead of/);
    await expect(unpackRecords(bytes, { by: 'zlib', sizeBytes: 2 ** 53 - 1 })).rejects.toThrow();
  });

  test('zstd is read by every Node.js', async () => {
    // `printf 'midiloom midiloom midiloom midiloom midiloom midiloom ' | zstd -1`
    const made = 'KLUv/QRIfQAASG1pZGlsb29tIAEA0ixHxRiK9A==';
    const text = 'midiloom '.repeat(6);
    expect(
      Buffer.from(await unpackRecords(Buffer.from(made, 'base64'), { by: 'zstd', sizeBytes: text.length })).toString(),
    ).toBe(text);
    if (writesZstd())
      expect((await storeRecords([Buffer.from(text.repeat(9))], { name: 'zstd', level: 1 })).packed).toBeDefined();
  });
});

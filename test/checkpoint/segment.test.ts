import { createHash } from 'node:crypto';
import { readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { pack, unpack } from 'msgpackr';
import { expect, test } from 'vitest';
import { frameRecord } from '../../src/checkpoint/record-frame.ts';
import { readSegment, readSegmentHeader, writeSegment } from '../../src/checkpoint/segment.ts';
import type { SegmentHeader } from '../../src/checkpoint/segment-header.ts';
import { sha256 } from '../../src/checkpoint/sha256.ts';
import { codeOf } from '../../src/errors.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { failureOf } from './stage-fixture.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const frames = [frameRecord(5, Buffer.from('five')), frameRecord(7, Buffer.from('seven'))];
const header: SegmentHeader = {
  stage: 'midi',
  pass: 0,
  first: 5,
  last: 7,
  count: 2,
  failures: [failureOf(6)],
  retried: new Uint32Array(),
  pairHashes: Uint32Array.of(1, 0xffff_ffff, 3),
  keys: Buffer.from(Array.from({ length: 48 }, (_, at) => 255 - at)),
  stamps: Buffer.from(Array.from({ length: 24 }, (_, at) => at)),
  planHash: 'sha256:plan',
  fingerprint: 'sha256:options',
  sessionId: 'session',
  recordsBytes: 31,
  recordsSha256: sha256(frames),
  previous: Buffer.alloc(32, 1),
};

async function written(): Promise<string> {
  const file = join(temporaryDirectory(), 'segment');
  await writeSegment(file, header, frames);
  return file;
}

/** The error a damaged segment must end in, both when it is opened and when it is read. */
const DAMAGED = { name: 'CheckpointError', code: 'segment_corrupt' };

test('what is written is read back, and the header without the records', async () => {
  const file = await written();
  const segment = await readSegment(file);
  expect(segment.header).toEqual({ ...header, previous: expect.anything(), recordsSha256: expect.anything() });
  expect(Buffer.from(segment.header.previous)).toEqual(header.previous);
  expect(segment.records.map(({ index, bytes }) => [index, Buffer.from(bytes).toString()])).toEqual([
    [5, 'five'],
    [7, 'seven'],
  ]);
  const { chain, sizeBytes } = await readSegmentHeader(file);
  expect({ chain, sizeBytes }).toEqual({ chain: segment.chain, sizeBytes: statSync(file).size });
});

test('the file is one msgpack value that another reader reads', async () => {
  const [magic, head, checksum, records] = unpack(readFileSync(await written()));
  expect(magic).toBe('midiloom-segment');
  expect(createHash('sha256').update(head).digest()).toEqual(checksum);
  expect(unpack(head)).toMatchObject({ version: 3, stage: 'midi', first: 5, last: 7, session_id: 'session' });
  expect(records).toEqual([
    [5, Buffer.from('five')],
    [7, Buffer.from('seven')],
  ]);
});

test('a segment cut at any length is noticed by its header alone', async () => {
  const file = await written();
  for (let length = statSync(file).size - 1; length >= 0; length--) {
    truncateSync(file, length);
    await expect(readSegmentHeader(file), `${length} bytes`).rejects.toMatchObject(DAMAGED);
  }
});

test('an appended byte is noticed by the header alone', async () => {
  const file = await written();
  writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.alloc(1)]));
  await expect(readSegmentHeader(file)).rejects.toMatchObject(DAMAGED);
});

test('no flipped bit is ever accepted', async () => {
  const disk = new MemoryFileSystem();
  await writeSegment('/segment', header, frames, disk);
  const good = disk.peek('/segment');
  const outcomes = new Set<string | undefined>();
  for (let bit = 0; bit < good.length * 8; bit++) {
    const bytes = Buffer.from(good);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    disk.poke('/segment', bytes);
    outcomes.add(await readSegment('/segment', disk).then(() => `bit ${bit} was accepted`, codeOf));
  }
  expect([...outcomes]).toEqual(['segment_corrupt']);
});

test('a header made by hand, with a checksum that holds, ends in an error with a code', async () => {
  const file = join(temporaryDirectory(), 'segment');
  const plain = unpack(unpack(readFileSync(await written()))[1]);
  const any = fc.oneof(fc.anything(), fc.integer(), fc.uint8Array(), fc.constantFrom(2 ** 32, -1, 1e300, '', null));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(plain)), any, async (key, value) => {
      const changed = pack({ ...plain, [key]: value });
      fc.pre(!changed.equals(pack(plain)));
      writeFileSync(file, segmentBytes(changed, Buffer.concat(frames)));
      await readSegment(file).then(
        // Texts may be anything, the first segment has none before it, and one of an older version has no stamps and keys:
        // the stage judges those.
        () =>
          expect(
            typeof value === 'string' ||
              key === 'previous' ||
              (['stamps', 'keys'].includes(key) && isEmpty(value)) ||
              (key === 'version' && (value === 1 || value === 2)),
          ).toBe(true),
        (error) => expect(error).toMatchObject(DAMAGED),
      );
    }),
    {
      numRuns: 150,
      examples: [
        ['version', 1],
        ['version', 2],
        ['version', 5],
        ['version', 0],
      ],
    },
  );
});

test('a header that claims gigabytes is refused without making room for them', async () => {
  const file = join(temporaryDirectory(), 'segment');
  const plain = unpack(unpack(readFileSync(await written()))[1]);
  const hostile = [
    Buffer.from(`81a1${'61dd01c9c380'.repeat(100)}`, 'hex'),
    pack({ ...plain, records_bytes: 2 ** 40 }),
    pack({ ...plain, last: 0xffff_ffff }),
    Buffer.alloc(100_000, 0x91),
  ];
  const before = process.memoryUsage().rss;
  for (const bytes of hostile) {
    writeFileSync(file, segmentBytes(bytes, Buffer.concat(frames)));
    await expect(readSegment(file)).rejects.toMatchObject(DAMAGED);
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
});

test('an absent segment is missing, a link is not followed, a directory is no segment', async () => {
  const file = await written();
  const directory = temporaryDirectory();
  await expect(readSegment(join(directory, 'none'))).rejects.toMatchObject({ code: 'segment_missing' });
  symlinkSync(file, join(directory, 'link'));
  await expect(readSegment(join(directory, 'link'))).rejects.toMatchObject({
    name: 'StorageError',
    code: 'storage_io',
  });
  await expect(readSegment(directory)).rejects.toMatchObject({ name: 'StorageError', code: 'storage_io' });
});

test('a header of 5,000 failures, longer than one read, is read whole', async () => {
  const file = join(temporaryDirectory(), 'segment');
  const failures = Array.from({ length: 5000 }, (_, index) => failureOf(index));
  const all = {
    ...header,
    first: 0,
    last: 4999,
    count: 0,
    failures,
    pairHashes: new Uint32Array(5000),
    stamps: new Uint8Array(),
    keys: new Uint8Array(),
  };
  await writeSegment(file, { ...all, recordsBytes: 0, recordsSha256: sha256([]) }, []);
  const segment = await readSegment(file);
  expect(segment.header.failures).toEqual(failures);
  expect(segment.records).toEqual([]);
});

/** A segment around a header that `writeSegment` would not write. */
function segmentBytes(head: Uint8Array, records: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([
    Buffer.from('\x94\xb0midiloom-segment\xc6', 'latin1'),
    length,
    head,
    Buffer.from([0xc6, 0, 0, 0, 32]),
    sha256([head]),
    Buffer.from([0xdd, 0, 0, 0, 2]),
    records,
  ]);
}

function isEmpty(value: unknown): boolean {
  return value instanceof Uint8Array && value.length === 0;
}

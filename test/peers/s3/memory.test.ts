import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingPeers } from '../python.ts';
import { environmentFor, Moto } from './moto.ts';

const MIB = 1024 * 1024;
const FILE_MIB = 384;

describe.skipIf(missingPeers('moto.server', 'flask') !== undefined)('a long file on a server that speaks S3', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await Moto.start();
    Object.assign(process.env, environmentFor(moto.endpoint));
  }, 60_000);
  afterAll(() => moto.end());

  test('goes up and comes back in memory that does not depend on its length, and is the same', async () => {
    const { connectS3 } = await import('../../../src/s3/connect-s3.ts');
    const { ObjectFiles } = await import('../../../src/checkpoint/object-files.ts');
    const { writeDurably } = await import('../../../src/checkpoint/durable-replace.ts');
    const { readInto, readingFile } = await import('../../../src/checkpoint/read-file.ts');
    const files = new ObjectFiles(await connectS3('bucket'));
    async function* chunks() {
      for (let at = 0; at < FILE_MIB; at++) yield Buffer.alloc(MIB, at % 251);
    }
    let peak = 0;
    const before = process.memoryUsage.rss();
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss() - before);
    }, 20);
    try {
      expect(await writeDurably('s3://bucket/long', chunks(), files)).toBe(FILE_MIB * MIB);
      const same = await readingFile('s3://bucket/long', files, async (handle, size) => {
        expect(size).toBe(FILE_MIB * MIB);
        const memory = Buffer.alloc(MIB);
        for (let at = 0; at < FILE_MIB; at += 64) {
          const bytes = await readInto(handle, memory, at * MIB);
          if (!bytes.every((byte) => byte === at % 251)) return false;
        }
        return true;
      });
      expect(same).toBe(true);
    } finally {
      clearInterval(timer);
    }
    expect(peak / MIB).toBeLessThan(FILE_MIB / 2);
  }, 180_000);
});

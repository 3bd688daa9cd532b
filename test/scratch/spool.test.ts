import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Spool } from '../../src/scratch/spool.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('spool');

describe('a spool', () => {
  it('gives back what was put, from any place on, whatever of it lies in the file', () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 20 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 90 }), fc.nat(300), fc.nat(80), (added, memory, place, length) => {
        const spool = new Spool(undefined, memory);
        for (const part of added) spool.append(part);
        const all = Buffer.concat(added);
        const into = new Uint8Array(length);
        const count = spool.read(place, into);
        spool.close();
        expect(Buffer.from(into.subarray(0, count))).toEqual(all.subarray(place, place + length));
      }),
    );
  });

  it('leaves nothing in its folder while it is in use, and needs none while it holds little', () => {
    const spool = new Spool(folder, 10);
    for (let byte = 0; byte < 100; byte++) spool.append(Uint8Array.of(byte));
    expect(readdirSync(folder)).toEqual([]);
    const one = new Uint8Array(1);
    expect([spool.read(42, one), one[0]]).toEqual([1, 42]);
    spool.close();
    const small = new Spool(join(folder, 'is not there'));
    small.append(new Uint8Array(1000));
    expect(existsSync(join(folder, 'is not there'))).toBe(false);
  });

  it('says which file could not be made, and why', () => {
    const spool = new Spool(join(folder, 'is not there'), 10);
    const append = () => spool.append(new Uint8Array(11));
    expect(append).toThrow(/cannot make the temporary file .*is not there.*ENOENT/);
    expect(append).toThrow(expect.objectContaining({ code: 'storage_io' }));
  });
});

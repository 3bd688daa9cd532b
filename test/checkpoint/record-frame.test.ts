import fc from 'fast-check';
import { unpackMultiple } from 'msgpackr';
import { expect, test } from 'vitest';
import { FRAME_BYTES, FrameWriter, frameRecord, readFrames } from '../../src/checkpoint/record-frame.ts';

const records = fc.array(fc.record({ index: fc.nat(), bytes: fc.uint8Array({ maxLength: 300 }) }), { maxLength: 20 });

test('what a worker frames is read back, whatever its records hold', () => {
  fc.assert(
    fc.property(records, (added) => {
      const writer = new FrameWriter(1);
      for (const { index, bytes } of added) writer.add(index, bytes);
      const frames = writer.take();
      expect([...readFrames(frames)]).toEqual(added);
      expect(frames.length).toBe(added.reduce((sum, { bytes }) => sum + FRAME_BYTES + bytes.length, 0));
    }),
  );
});

test('frames are msgpack that any reader reads', () => {
  const frames = Buffer.concat([frameRecord(7, Buffer.from('abc')), frameRecord(0xffff_ffff, Buffer.alloc(0))]);
  expect(unpackMultiple(frames)).toEqual([
    [7, Buffer.from('abc')],
    [0xffff_ffff, Buffer.alloc(0)],
  ]);
});

test('a taken buffer can be transferred while the writer goes on', () => {
  const writer = new FrameWriter();
  writer.reserve(1, 3).set([1, 2, 3]);
  const first = structuredClone(writer.take());
  writer.add(2, Uint8Array.of(9));
  expect([...readFrames(first)]).toEqual([{ index: 1, bytes: Uint8Array.of(1, 2, 3) }]);
  expect([...readFrames(writer.take())]).toEqual([{ index: 2, bytes: Uint8Array.of(9) }]);
});

test('an index that does not fit 32 bits is refused', () => {
  for (const index of [-1, 1.5, 2 ** 32, Number.NaN]) {
    expect(() => frameRecord(index, Buffer.alloc(1))).toThrow(RangeError);
  }
});

test('bytes that are no frames end in an error with a code, never in anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        for (const record of readFrames(bytes)) expect(record.bytes.length).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toMatchObject({ name: 'CheckpointError', code: 'frame_corrupt' });
      }
    }),
  );
});

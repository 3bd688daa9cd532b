import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { PIECE_BYTES } from '../../src/similarity/piece-bytes.ts';
import { type MidiRecord, packMidiRecord, readSketch, unpackMidiRecord } from '../../src/worker/midi-record.ts';
import { packTextRecord, type TextRecord, unpackTextRecord } from '../../src/worker/text-record.ts';

const packr = new Packr({ useRecords: false });

describe('a MIDI record', () => {
  it('is what was packed, wherever its bytes lie in a buffer', () => {
    fc.assert(
      fc.property(anyMidiRecord(), fc.nat(9), (record, offset) => {
        const bytes = shifted(packMidiRecord(record), offset);
        expect(unpackMidiRecord(bytes)).toEqual(record);
        expect(Uint8Array.from(readSketch(bytes))).toEqual(record.sketch);
      }),
    );
  });

  it('keeps ids as two bytes each', () => {
    const ids = Uint16Array.from({ length: 5_000 }, (_, at) => at % 400);
    const bytes = packMidiRecord({ ...EMPTY_MIDI, tokens: { layout: 'single', columns: 1, streams: [ids] } });
    expect(bytes.length).toBeLessThan(ids.length * 2 + PIECE_BYTES + 150);
  });

  it('is refused with the name of the field where it is not what this program writes', () => {
    const good = { layout: 'single', columns: 1, lengths: [2], ids: Buffer.from([1, 0, 2, 0]) };
    const record = (tokens: object, others: object = {}) =>
      packr.pack({
        sketch: Buffer.alloc(PIECE_BYTES),
        tokens,
        sequence_length: 2,
        cut_tokens: 0,
        metadata: {},
        ...others,
      });
    expect(unpackMidiRecord(record(good)).tokens.streams).toEqual([Uint16Array.of(1, 2)]);
    const bad: readonly (readonly [Uint8Array, RegExp])[] = [
      [record({ ...good, ids: Buffer.from([1, 0, 2]) }), /ids/],
      [record({ ...good, ids: [1, 2] }), /ids/],
      [record({ ...good, lengths: [3] }), /2 ids for streams of 3/],
      [record({ ...good, lengths: [1, 1] }), /2 streams where one is due/],
      [record({ ...good, columns: 3 }), /rows of 3/],
      [record({ ...good, columns: 0 }), /rows of 0/],
      [record({ ...good, layout: 'other' }), /layout/],
      [record(good, { sketch: Buffer.alloc(4) }), /sketch/],
      [record(good, { sketch: 'none' }), /sketch/],
      [record(good, { sequence_length: -1 }), /sequence_length/],
      [record(good, { metadata: { when: new Date(0) } }), /metadata/],
      [record(good, { metadata: { tempo: Number.NaN } }), /metadata/],
      [packr.pack([1, 2]), /not a map/],
      [Buffer.from([0x81, 0xa5]), /msgpack/],
      [Buffer.alloc(0), /msgpack/],
    ];
    for (const [bytes, message] of bad) {
      expect(() => unpackMidiRecord(bytes)).toThrow(message);
      expect(() => unpackMidiRecord(bytes)).toThrow(expect.objectContaining({ code: 'record_invalid' }));
    }
    for (const bytes of [record(good, { sketch: 'none' }), packr.pack({ tokens: good }), Buffer.alloc(0)]) {
      expect(() => readSketch(bytes)).toThrow(expect.objectContaining({ code: 'record_invalid' }));
    }
  });
});

describe('a text record', () => {
  it('is what was packed, with or without vectors', () => {
    fc.assert(
      fc.property(anyTextRecord(), fc.nat(9), (record, offset) => {
        expect(unpackTextRecord(shifted(packTextRecord(record), offset))).toEqual(record);
      }),
    );
  });

  it('is refused where a vector is cut short', () => {
    const bytes = packr.pack({ ...EMPTY_TEXT, embedding: Buffer.from([1, 2, 3]) });
    expect(() => unpackTextRecord(bytes)).toThrow(/embedding/);
  });
});

const NO_SKETCH = new Uint8Array(PIECE_BYTES);
const EMPTY_MIDI: Omit<MidiRecord, 'tokens'> = { sketch: NO_SKETCH, sequence_length: 0, cut_tokens: 0, metadata: {} };
const EMPTY_TEXT = { text: '', normalized: '', truncated: false, statistics: {}, encoder: 'hashing' };

function shifted(bytes: Uint8Array, offset: number): Uint8Array {
  const buffer = new Uint8Array(bytes.length + offset);
  buffer.set(bytes, offset);
  return buffer.subarray(offset);
}

function anyMidiRecord(): fc.Arbitrary<MidiRecord> {
  const value = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)), // -0 is packed as 0
    fc.string({ unit: 'grapheme' }),
    fc.constant(null),
  );
  const name = fc.string({ unit: 'grapheme', maxLength: 10 }).filter((key) => key !== '__proto__');
  const streams = (columns: number) =>
    fc.array(
      fc.nat(8).chain((rows) => fc.uint16Array({ minLength: rows * columns, maxLength: rows * columns })),
      { maxLength: 4 },
    );
  return fc.integer({ min: 1, max: 5 }).chain((columns) =>
    fc.record({
      sketch: fc.uint8Array({ minLength: PIECE_BYTES, maxLength: PIECE_BYTES }),
      tokens: fc.oneof(
        streams(columns).map((found) => ({ layout: 'tracks', columns, streams: found }) as const),
        streams(columns).map(
          (found) => ({ layout: 'single', columns, streams: [found[0] ?? new Uint16Array(0)] }) as const,
        ),
      ),
      sequence_length: fc.nat(),
      cut_tokens: fc.nat(),
      metadata: fc.dictionary(name, value, { noNullPrototype: true }),
    }),
  );
}

function anyTextRecord(): fc.Arbitrary<TextRecord> {
  const text = fc.string({ unit: 'grapheme' });
  return fc.record({
    text,
    normalized: text,
    embedding: fc.option(fc.float32Array({ noNaN: true }), { nil: undefined }),
    token_ids: fc.option(fc.int32Array(), { nil: undefined }),
    truncated: fc.boolean(),
    statistics: fc.constant({ words: 3, letter_share: 0.5, dominant_script: 'Latin' }),
    encoder: fc.constantFrom('hashing', 'transformers'),
  });
}

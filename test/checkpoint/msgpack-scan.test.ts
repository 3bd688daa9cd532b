import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { expect, test } from 'vitest';
import { scanMsgpack } from '../../src/checkpoint/msgpack-scan.ts';

const packr = new Packr({ useRecords: false, variableMapSize: true });

test('plain values of any kind pass', () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, true, false, 0, -1, 127, 128, -33, 2 ** 31, -(2 ** 31), 2 ** 40, 1.5, 'x'.repeat(300)),
      fc.string(),
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.uint8Array({ maxLength: 300 }),
      fc.array(tie('value'), { maxLength: 20 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 20 }),
    ),
  }));
  fc.assert(
    fc.property(value, (packed) => {
      scanMsgpack(packr.pack(packed));
    }),
  );
});

test('a length beyond the bytes is refused before anything is made of it', () => {
  const claims = [
    'dd01c9c380',
    'df7fffffff',
    'c6ffffffff00',
    'dbffffffff',
    'dcffff',
    'deffff',
    '9f',
    '8f',
    'bf',
    'd9ff',
  ];
  for (const hex of claims) expect(() => scanMsgpack(Buffer.from(hex, 'hex'))).toThrow(/claimed|cut short/);
});

test('nesting deeper than any value of ours is refused', () => {
  expect(() => scanMsgpack(Buffer.alloc(100_000, 0x91))).toThrow(/nested deeper/);
});

test('extension types and trailing bytes are refused', () => {
  expect(() => scanMsgpack(packr.pack(new Date(0)))).toThrow(/not used here/);
  expect(() => scanMsgpack(Buffer.from('c1', 'hex'))).toThrow(/not used here/);
  expect(() => scanMsgpack(Buffer.from('0102', 'hex'))).toThrow(/follow/);
});

test('no bytes end in anything but an answer or a reason', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        scanMsgpack(bytes);
      } catch (error) {
        expect(error).toHaveProperty('name', 'Error');
      }
    }),
    { numRuns: 2000 },
  );
});

/** What readers that infer types from the first rows need of formats that have none. */
import { unpack } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/dataset/cell.ts';
import type { ColumnType, ScalarKind } from '../../src/dataset/column-type.ts';
import { freeFormJson } from '../../src/dataset/free-form-json.ts';
import { GrowingBytes } from '../../src/dataset/growing-bytes.ts';
import { jsonAppender } from '../../src/dataset/json-appender.ts';
import { msgpackAppender } from '../../src/dataset/msgpack-appender.ts';

function json(type: ColumnType, cell: Cell): string {
  const out = new GrowingBytes();
  jsonAppender({ name: 'column', type })(out, cell);
  return Buffer.from(out.written).toString();
}

function msgpack(type: ColumnType, cell: Cell): Buffer {
  const out = new GrowingBytes();
  msgpackAppender({ name: 'column', type })(out, cell);
  return Buffer.from(out.written);
}

const double: ColumnType = { kind: 'double' };
const pair: ColumnType = {
  kind: 'struct',
  fields: [
    { name: 'real', type: double },
    { name: 'names', type: { kind: 'list', element: { kind: 'string' } } },
  ],
};

describe('JSON', () => {
  it.each([
    [120, '120.0'],
    [0, '0.0'],
    [-0, '-0.0'],
    [0.1, '0.1'],
    [1e20, '100000000000000000000.0'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [2 ** 53, '9007199254740992.0'],
  ])('shows that %d is a double', (value, text) => {
    expect(json(double, value)).toBe(text);
    expect(json({ kind: 'list', element: double }, [value, null])).toBe(`[${text},null]`);
    expect(Object.is(JSON.parse(text), value)).toBe(true);
  });

  it('shows that whole numbers of a vector are floats', () => {
    const vector = Float32Array.of(1, 0, -0, -2, 0.1, 16_777_216, 1e-9, 3.4e38);
    const text = json({ kind: 'list', element: { kind: 'float' } }, vector);
    expect(text).toBe('[1.0,0.0,-0.0,-2.0,0.100000001,16777216.0,9.99999972e-10,3.3999999521443642e+38]');
    expect(Float32Array.from(JSON.parse(text))).toEqual(vector);
  });

  it('has every field of a struct in the order of the schema, whatever a row has', () => {
    expect(json(pair, { names: ['a'] })).toBe('{"real":null,"names":["a"]}');
    expect(json(pair, { names: [], real: 1 })).toBe('{"real":1.0,"names":[]}');
    expect(json(pair, null)).toBe('null');
    expect(() => json(pair, { unknown: 1 })).toThrow(/column\.unknown that is not in the schema/);
  });

  it.each<[ScalarKind, Cell]>([
    ['double', Number.NaN],
    ['double', Number.POSITIVE_INFINITY],
    ['double', '1'],
    ['int64', 0.5],
    ['int64', 2 ** 53],
    ['string', 1],
    ['boolean', 'true'],
  ])('refuses what is no %s instead of writing it in another way', (kind, value) => {
    expect(() => json({ kind }, value)).toThrow(/cannot hold/);
    expect(() => msgpack({ kind }, value)).toThrow(/cannot hold/);
  });

  it('refuses a vector that is not finite', () => {
    const vector: ColumnType = { kind: 'list', element: { kind: 'float' } };
    expect(() => json(vector, Float32Array.of(1, Number.NaN))).toThrow(/cannot hold NaN/);
    expect(() => msgpack(vector, Float32Array.of(Number.POSITIVE_INFINITY))).toThrow(/cannot hold Infinity/);
  });
});

describe('MessagePack', () => {
  it('has doubles as doubles and integers as integers', () => {
    const FLOAT_64 = 0xcb;
    for (const value of [120, 0, -0, 0.5]) {
      expect(msgpack(double, value)[0]).toBe(FLOAT_64);
      expect(Object.is(unpack(msgpack(double, value)), value)).toBe(true);
    }
    for (const value of [0, 127, 128, 2 ** 31, 2 ** 32 - 1, -1, -33, -(2 ** 31)]) {
      expect(unpack(msgpack({ kind: 'int64' }, value))).toBe(value);
    }
    for (const value of [2 ** 32, 2 ** 53 - 1, -(2 ** 31) - 1, -(2 ** 53) + 1]) {
      expect(Number(unpack(msgpack({ kind: 'int64' }, value)))).toBe(value);
    }
  });

  it('has every field of a struct', () => {
    expect(unpack(msgpack(pair, { names: ['a'] }))).toEqual({ real: null, names: ['a'] });
  });
});

describe('free-form values', () => {
  it('keep their digits, signs and keys in a text of JSON', () => {
    const value = JSON.parse('{"__proto__": 1, "k\\ud800": [true, null, "\\udc00"], "zero": -0, "huge": 1e400}');
    expect(freeFormJson({ ...value, big: 12345678901234567890n })).toBe(
      '{"__proto__":1,"k\ufffd":[true,null,"\ufffd"],"zero":-0.0,"huge":"Infinity","big":12345678901234567890}',
    );
  });
});

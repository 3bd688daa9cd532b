import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFaultAt } from '../../src/manifest/readers/json-fault.ts';

const seed = Number(process.env.MIDILOOM_TEST_SEED ?? Date.now() % 1_000_000);
console.log(`JSON faults: MIDILOOM_TEST_SEED=${seed}`);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // Only asked whether it is JSON.
  }
}

describe('the first byte that cannot belong to a JSON value', () => {
  it('is not there in valid JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(3), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(jsonFaultAt(Buffer.from(spaced))).toBe(Buffer.byteLength(spaced));
      }),
      { seed },
    );
  });

  it('is found exactly where JSON.parse refuses what could not become valid', () => {
    const mutation = fc.constantFrom(
      '"',
      ',',
      ':',
      '{',
      '}',
      '[',
      ']',
      '\\',
      '0',
      '-',
      'e',
      't',
      ' ',
      '\n',
      '\u0001',
      'u',
    );
    fc.assert(
      fc.property(fc.json(), fc.nat(), mutation, fc.nat(1), (text, position, character, removed) => {
        const at = position % (text.length + 1);
        const changed = text.slice(0, at) + character + text.slice(at + removed);
        const bytes = Buffer.from(changed);
        const fault = jsonFaultAt(bytes);
        if (fault < bytes.length) expect(isJson(changed)).toBe(false);
        if (isJson(changed)) expect(fault).toBe(bytes.length);
        // What is before the fault is the beginning of something valid, but may end within a number or a word.
        const before = bytes.subarray(0, fault);
        expect(before.toString('utf8', jsonFaultAt(before))).toMatch(/^[-+.\w]*$/);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it.each([
    ['{"a": 01}', 6],
    ['{"a": tru}', 6],
    ['{"a" 1}', 5],
    ['{"a": 1,}', 8],
    ['[1,]', 3],
    ['[1}', 2],
    ['{"a": "b\nc"}', 8],
    ['{"a": "\\q"}', 7],
    ['{"a": "\\u12g4"}', 7],
    ['{a: 1}', 1],
    ['{} {}', 3],
    ['', 0],
    ['{"a": [', 7],
  ])('of %j is at %i', (text, at) => {
    expect(jsonFaultAt(Buffer.from(text))).toBe(at);
  });
});

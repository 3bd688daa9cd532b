import { isSpace, skipSpace } from '../bytes/white-space.ts';
import { endOfString } from './json-value.ts';

/** What may come next; `close` is the end of the innermost container. */
type Expected = 'value' | 'value or close' | 'key' | 'key or close' | 'colon' | 'comma or close' | 'nothing';

/** Deeper nesting counts as a fault, so that brackets alone cannot fill the memory. */
const MAX_NESTING = 10_000;
const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/**
 * Offset of the first byte that cannot belong to a JSON value at the start of `bytes`; `bytes.length` if there is none,
 * so that the value is complete or only more bytes could tell. The messages of `JSON.parse` often lack the place.
 */
export function jsonFaultAt(bytes: Buffer): number {
  const closers: string[] = [];
  let expected: Expected = 'value';
  for (let at = skipSpace(bytes, 0, bytes.length); at < bytes.length; at = skipSpace(bytes, at, bytes.length)) {
    const character = bytes.toString('latin1', at, at + 1);
    if (expected.endsWith('close') && character === closers.at(-1)) {
      closers.pop();
      expected = closers.length === 0 ? 'nothing' : 'comma or close';
      at++;
    } else if (expected === 'comma or close' && character === ',') {
      expected = closers.at(-1) === '}' ? 'key' : 'value';
      at++;
    } else if (expected === 'colon' && character === ':') {
      expected = 'value';
      at++;
    } else if (expected.startsWith('value') && (character === '{' || character === '[')) {
      if (closers.length === MAX_NESTING) return at;
      closers.push(character === '{' ? '}' : ']');
      expected = character === '{' ? 'key or close' : 'value or close';
      at++;
    } else if (expected.startsWith('key') && character === '"') {
      const string = readString(bytes, at);
      if (string.fault !== undefined) return string.fault;
      expected = 'colon';
      at = string.end;
    } else if (expected.startsWith('value')) {
      const scalar = character === '"' ? readString(bytes, at) : readScalar(bytes, at);
      if (scalar.fault !== undefined) return scalar.fault;
      expected = closers.length === 0 ? 'nothing' : 'comma or close';
      at = scalar.end;
    } else {
      return at;
    }
  }
  return bytes.length;
}

interface Token {
  readonly end: number;
  readonly fault?: number;
}

function readString(bytes: Buffer, from: number): Token {
  const closed = endOfString(bytes, from);
  const end = closed === -1 ? bytes.length : closed;
  for (let at = from + 1; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20) return { end, fault: at };
    if (byte !== 0x5c) continue;
    const escaped = bytes.toString('latin1', at + 1, at + 2);
    const hex = bytes.toString('latin1', at + 2, Math.min(at + 6, end));
    const valid = escaped === 'u' ? /^[0-9a-fA-F]{4}$/.test(hex) : '"\\/bfnrt'.includes(escaped);
    if (!valid) return { end, fault: at };
    at++;
  }
  return { end };
}

function readScalar(bytes: Buffer, from: number): Token {
  let end = from;
  while (end < bytes.length && !isSpace(bytes[end]) && !',:{}[]"'.includes(bytes.toString('latin1', end, end + 1)))
    end++;
  // A literal is short; what is longer than any number is no number.
  const valid = end - from < 400 && SCALAR.test(bytes.toString('latin1', from, end));
  return valid ? { end } : { end, fault: from };
}

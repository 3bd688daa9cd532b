import type { ScalarKind } from '../column-type.ts';
import { GrowingBytes } from '../growing-bytes.ts';

export type Scalar = number | string | boolean;

/** What all values of a page lie between. */
export interface Bounds {
  readonly min: Scalar;
  readonly max: Scalar;
  /** False where the bound of a long text was cut. */
  readonly isMinExact: boolean;
  readonly isMaxExact: boolean;
}

/** Code points of a text that are kept as its bound: a SHA-256 is one as it is. */
const BOUND_LENGTH = 64;

/** The smallest and the largest of some values, in the order that Parquet has for their type. */
export class ValueRange {
  #min: Scalar | undefined;
  #max: Scalar | undefined;

  add(value: Scalar): void {
    if (this.#min === undefined || isBefore(value, this.#min)) this.#min = value;
    if (this.#max === undefined || isBefore(this.#max, value)) this.#max = value;
  }

  /** The bounds since the last call; `undefined` where there was no value, or no bound that is short enough. */
  take(): Bounds | undefined {
    const [min, max] = [this.#min, this.#max];
    this.#min = undefined;
    this.#max = undefined;
    if (min === undefined || max === undefined) return undefined;
    const lower = typeof min === 'string' ? cutBelow(min) : min;
    const upper = typeof max === 'string' ? cutAbove(max) : max;
    if (upper === undefined) return undefined;
    return { min: lower, max: upper, isMinExact: lower === min, isMaxExact: upper === max };
  }
}

/** Whether a value is before another of its type: numbers by size, false before true, text by its UTF-8 bytes. */
export function isBefore(a: Scalar, b: Scalar): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return a < b;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [unitOfA, unitOfB] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (unitOfA !== unitOfB) return utf8Rank(unitOfA) < utf8Rank(unitOfB);
  }
  return a.length < b.length;
}

/** Surrogates stand for code points above all that one unit can say, and come before some of them as units. */
function utf8Rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** The bounds of two parts together. */
export function unionOf(a: Bounds, b: Bounds): Bounds {
  const [low, high] = [isBefore(b.min, a.min) ? b : a, isBefore(a.max, b.max) ? b : a];
  return { min: low.min, max: high.max, isMinExact: low.isMinExact, isMaxExact: high.isMaxExact };
}

/** As the footer and the page index have it: the plain encoding of the value, a text without its length. */
export function boundBytes(kind: ScalarKind, value: Scalar, isMax: boolean): Uint8Array {
  const bytes = new GrowingBytes(8);
  if (typeof value === 'string') bytes.text(value);
  else if (typeof value === 'boolean') bytes.uint8(Number(value));
  else if (kind === 'int32' || kind === 'id') bytes.int32(value);
  else if (kind === 'int64') bytes.int64(value);
  else {
    // The two zeros are equal, and of different bytes: a bound takes the one on its side.
    const number = value === 0 ? (isMax ? 0 : -0) : value;
    if (kind === 'float') bytes.float32(number);
    else bytes.float64(number);
  }
  return bytes.written;
}

function cutBelow(text: string): string {
  return text.length <= BOUND_LENGTH ? text : [...text.slice(0, 2 * BOUND_LENGTH)].slice(0, BOUND_LENGTH).join('');
}

const LAST_CODE_POINT = 0x10ffff;
const BEFORE_SURROGATES = 0xd7ff;
const AFTER_SURROGATES = 0xe000;

/** The shortest text that is above all that begin as this one does. */
function cutAbove(text: string): string | undefined {
  if (text.length <= BOUND_LENGTH) return text;
  const start = [...cutBelow(text)];
  if (start.join('') === text) return text;
  for (let last = start.pop(); last !== undefined; last = start.pop()) {
    const codePoint = last.codePointAt(0) ?? 0;
    if (codePoint === LAST_CODE_POINT) continue;
    const next = codePoint === BEFORE_SURROGATES ? AFTER_SURROGATES : codePoint + 1;
    return start.join('') + String.fromCodePoint(next);
  }
  return undefined;
}

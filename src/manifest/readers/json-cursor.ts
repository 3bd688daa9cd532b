import type { ByteWindow } from '../bytes/byte-window.ts';
import { skipSpace } from '../bytes/white-space.ts';
import type { ManifestLimits } from '../limits.ts';
import { excerpt, ManifestFault } from '../manifest-fault.ts';
import { endOfScalar, endOfString, endOfValue } from './json-value.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Takes a JSON document apart piece by piece as it slides through a window; no piece may be longer than a record. */
export class JsonCursor {
  readonly #window: ByteWindow;
  readonly #limits: Pick<ManifestLimits, 'maxRecordBytes'>;

  constructor(window: ByteWindow, limits: Pick<ManifestLimits, 'maxRecordBytes'>) {
    this.#window = window;
    this.#limits = limits;
  }

  /** Where the next piece begins in the file, once it was looked at. */
  get position(): number {
    return this.#window.base + this.#window.start;
  }

  /** The next character that is not white space, `undefined` at the end of the file. Not taken. */
  async peek(): Promise<string | undefined> {
    const window = this.#window;
    for (;;) {
      const bytes = window.bytes;
      window.start = skipSpace(bytes, window.start, bytes.length);
      if (window.start < bytes.length) return bytes.toString('latin1', window.start, window.start + 1);
      if (window.atEnd) return undefined;
      await window.fill();
    }
  }

  async takeIf(character: string): Promise<boolean> {
    const found = (await this.peek()) === character;
    if (found) this.#window.start++;
    return found;
  }

  /** A key and its colon; returns the key with its quotes. */
  async takeKey(): Promise<string> {
    if ((await this.peek()) !== '"') throw this.fault('a quoted key must be here');
    const key = await this.#take(endOfString, 'a string that is not closed');
    if (!(await this.takeIf(':'))) throw this.fault('a key must be followed by ":"');
    return key;
  }

  /** A whole value. */
  async takeValue(): Promise<unknown> {
    const next = await this.peek();
    if (next === undefined || '}],:'.includes(next)) throw this.fault('a value must be here');
    const text = await this.#take(endOfValue, 'a value that does not end, or is too long');
    try {
      return JSON.parse(text);
    } catch {
      throw this.fault('what is before this is not a JSON value');
    }
  }

  /** Skips a value of any size. Only its brackets are looked at; nothing of it is used. */
  skipValue(): Promise<void> {
    return this.#skip(0);
  }

  /** Skips what is left of an array or object that was entered, and its closing bracket. */
  skipRest(): Promise<void> {
    return this.#skip(1);
  }

  async #skip(from: number): Promise<void> {
    let depth = this.#skipWholeTokens(from);
    if (from > 0 && depth === 0) return;
    do {
      const next = await this.peek();
      if (next === '{' || next === '[') depth++;
      if (next === '}' || next === ']') depth--;
      if (next === undefined || depth < 0) throw this.fault('a value must be here');
      if (next === '"') await this.#take(endOfString, 'a string that is not closed');
      else if ('{}[],:'.includes(next)) this.#window.start++;
      else await this.#take(endOfScalar, 'a value that does not end');
      depth = this.#skipWholeTokens(depth);
    } while (depth > 0);
  }

  /** Skips what the window shows whole, up to the bracket that ends the value; returns how deep it is then. */
  #skipWholeTokens(from: number): number {
    const { bytes } = this.#window;
    let at = this.#window.start;
    let depth = from;
    while (depth > 0) {
      at = skipSpace(bytes, at, bytes.length);
      const byte = bytes[at];
      if (byte === undefined) break;
      let end = at + 1;
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
      else if (byte === QUOTE) end = endOfString(bytes, at);
      else if (byte !== COMMA && byte !== COLON) end = endOfScalar(bytes, at);
      if (end === -1) break;
      at = end;
    }
    this.#window.start = at;
    return depth;
  }

  fault(message: string): ManifestFault {
    const { bytes, start, base } = this.#window;
    const seen = start < bytes.length ? excerpt(bytes, start) : 'the end of the file';
    return new ManifestFault(base + start, `not valid JSON: ${message}; here is ${seen}`);
  }

  async #take(endOf: (bytes: Buffer, from: number) => number, unfinished: string): Promise<string> {
    const window = this.#window;
    let end = endOf(window.bytes, window.start);
    while (end === -1) {
      if (window.atEnd || window.bytes.length - window.start > this.#limits.maxRecordBytes)
        throw this.fault(unfinished);
      await window.fill();
      end = endOf(window.bytes, window.start);
    }
    const text = window.bytes.toString('utf8', window.start, end);
    window.start = end;
    return text;
  }
}

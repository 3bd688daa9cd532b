import type { ByteWindow } from './byte-window.ts';
import { endOfScalar, endOfString, endOfValue } from './json-value.ts';
import type { ManifestLimits } from './limits.ts';
import { excerpt, ManifestFault } from './manifest-fault.ts';
import { skipSpace } from './white-space.ts';

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
  async skipValue(): Promise<void> {
    let depth = 0;
    do {
      const next = await this.peek();
      if (next === '{' || next === '[') depth++;
      if (next === '}' || next === ']') depth--;
      if (next === undefined || depth < 0) throw this.fault('a value must be here');
      if (next === '"') await this.#take(endOfString, 'a string that is not closed');
      else if ('{}[],:'.includes(next)) this.#window.start++;
      else await this.#take(endOfScalar, 'a value that does not end');
    } while (depth > 0);
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

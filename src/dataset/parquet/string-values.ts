import { typeMismatch } from '../column-type.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { IndexPage } from './index-page.ts';
import { type Dictionary, ENCODING, type LeafValues, type NumberArray, type PageBody } from './leaf-values.ts';

/** More is no dictionary any more: a reader holds all of it while it reads a page. */
const DICTIONARY_BYTES = 1 << 18;
/** What an index of two bytes can name. */
const MAX_ENTRIES = 1 << 16;
const INDEX_BYTES = 2;

/**
 * Strings behind a dictionary where each is there twice or more on average, else one after the other. That is settled when
 * the first page of a column chunk ends, or its dictionary becomes too large; the pages behind are plain from then on.
 */
export class StringValues implements LeafValues {
  readonly #indexOf = new Map<string, number>();
  readonly #entries = new GrowingBytes();
  readonly #indices = new IndexPage();
  readonly #plain = new GrowingBytes();
  #isPlain = false;
  /** Whether a page refers to the dictionary. */
  #isUsed = false;

  get pendingBytes(): number {
    return this.#isPlain ? this.#plain.length : this.#indices.count * INDEX_BYTES;
  }

  push(value: unknown): void {
    if (typeof value !== 'string') throw typeMismatch('string', value);
    if (!this.#isPlain) {
      const index = this.#indexOf.get(value) ?? this.#addEntry(value);
      if (index !== undefined) {
        this.#indices.reserve(1)[0] = index;
        return;
      }
      this.#becomePlain();
    }
    appendString(this.#plain, value);
  }

  pushAll(values: NumberArray): void {
    throw typeMismatch('string', values);
  }

  takePage(): PageBody {
    const entries = this.#indexOf.size;
    const repeats = entries > 0 && entries * 2 <= this.#indices.count;
    if (!this.#isPlain && !this.#isUsed && !repeats) this.#becomePlain();
    if (this.#isPlain) {
      const bytes = this.#plain.written;
      this.#plain.clear();
      return { encoding: ENCODING.plain, bytes };
    }
    this.#isUsed = true;
    return { encoding: ENCODING.rleDictionary, bytes: this.#indices.take(entries) };
  }

  takeDictionary(): Dictionary | undefined {
    const dictionary = this.#isUsed ? { count: this.#indexOf.size, bytes: this.#entries.written } : undefined;
    this.#indexOf.clear();
    this.#entries.clear();
    this.#isPlain = false;
    this.#isUsed = false;
    return dictionary;
  }

  /** `undefined` where there is no room for it. */
  #addEntry(value: string): number | undefined {
    const index = this.#indexOf.size;
    if (index === MAX_ENTRIES || this.#entries.length >= DICTIONARY_BYTES) return undefined;
    appendString(this.#entries, value);
    this.#indexOf.set(value, index);
    return index;
  }

  /** Writes what waits for a page as it is. */
  #becomePlain(): void {
    const entries = [...this.#indexOf.keys()];
    for (const index of this.#indices.waiting) appendString(this.#plain, entries[index] ?? '');
    this.#indices.clear();
    this.#isPlain = true;
  }
}

function appendString(bytes: GrowingBytes, value: string): void {
  const at = bytes.length;
  bytes.int32(0);
  const length = bytes.text(value);
  bytes.patchInt32(at, length);
}

import { crc32 } from 'node:zlib';
import { CaptionSpool } from './caption-spool.ts';

const NONE = -1;
const FIRST_CAPACITY = 1024;

/** What was read under which key. Holds some 25 to 50 bytes for each; keys and texts lie in a `CaptionSpool`. */
export class CaptionTable {
  readonly #spool: CaptionSpool;
  #count = 0;
  #keys = 0;
  #used = 0;
  /** The latest entry of each bucket, and of each entry the one before it in its bucket. */
  #latest = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #before = new Int32Array(FIRST_CAPACITY);
  #hashes = new Uint32Array(FIRST_CAPACITY);
  #places = new Float64Array(FIRST_CAPACITY);
  /** Of the first entry of a key: whether it was asked for. */
  #isUsed = new Uint8Array(FIRST_CAPACITY);

  constructor(spool = new CaptionSpool()) {
    this.#spool = spool;
  }

  /** Captions that were added. */
  get count(): number {
    return this.#count;
  }

  /** Different keys, and those of them that were found. */
  get keys(): number {
    return this.#keys;
  }
  get used(): number {
    return this.#used;
  }

  add(key: string, text: unknown): void {
    const hash = crc32(key);
    if (this.#entries(key, hash).length === 0) this.#keys++;
    if (this.#count === this.#places.length) this.#grow();
    const entry = this.#count++;
    this.#hashes[entry] = hash;
    this.#places[entry] = this.#spool.put(JSON.stringify([key, text]));
    this.#link(entry);
  }

  /** What was added under the key, several in a list; `undefined` for nothing. */
  find(key: string): unknown {
    const found = this.#entries(key, crc32(key));
    const [first] = found;
    if (first === undefined) return undefined;
    if (this.#isUsed[first.entry] === 0) this.#used++;
    this.#isUsed[first.entry] = 1;
    return found.length === 1 ? first.text : found.flatMap(({ text }) => (Array.isArray(text) ? text : [text]));
  }

  /** In the order in which they were added. */
  #entries(key: string, hash: number): readonly { readonly entry: number; readonly text: unknown }[] {
    const found: { readonly entry: number; readonly text: unknown }[] = [];
    let entry = this.#latest[hash % this.#latest.length] ?? NONE;
    for (; entry !== NONE; entry = this.#before[entry] ?? NONE) {
      if (this.#hashes[entry] !== hash) continue;
      const kept: unknown = JSON.parse(this.#spool.at(this.#places[entry] ?? 0));
      if (Array.isArray(kept) && kept[0] === key) found.unshift({ entry, text: kept[1] });
    }
    return found;
  }

  #link(entry: number): void {
    const bucket = (this.#hashes[entry] ?? 0) % this.#latest.length;
    this.#before[entry] = this.#latest[bucket] ?? NONE;
    this.#latest[bucket] = entry;
  }

  #grow(): void {
    const capacity = 2 * this.#places.length;
    this.#before = new Int32Array(capacity);
    this.#latest = new Int32Array(capacity).fill(NONE);
    this.#hashes = grown(this.#hashes, new Uint32Array(capacity));
    this.#places = grown(this.#places, new Float64Array(capacity));
    this.#isUsed = grown(this.#isUsed, new Uint8Array(capacity));
    for (let entry = 0; entry < this.#count; entry++) this.#link(entry);
  }
}

function grown<Numbers extends Uint32Array | Float64Array | Uint8Array>(numbers: Numbers, larger: Numbers): Numbers {
  larger.set(numbers);
  return larger;
}

import { typeMismatch } from '../column-type.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { IndexPage } from './index-page.ts';
import { type Dictionary, ENCODING, type LeafValues, type NumberArray, type PageBody } from './leaf-values.ts';

const UNSEEN = -1;
/** Of an index that waits. */
const INDEX_BYTES = 2;

/** Token ids behind a dictionary of the ids in use, in the order of their first use. */
export class IdValues implements LeafValues {
  readonly #indexById = new Int32Array(1 << 16).fill(UNSEEN);
  readonly #idByIndex = new GrowingBytes();
  readonly #indices = new IndexPage();
  #entries = 0;

  get pendingBytes(): number {
    return this.#indices.count * INDEX_BYTES;
  }

  push(value: unknown): void {
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw typeMismatch('id', value);
    this.#indices.reserve(1)[0] = this.#indexOf(value);
  }

  pushAll(values: NumberArray): void {
    if (!(values instanceof Uint16Array)) throw typeMismatch('id', values);
    const indices = this.#indices.reserve(values.length);
    const table = this.#indexById;
    for (let at = 0; at < values.length; at++) {
      const id = values[at] ?? 0;
      const index = table[id] ?? UNSEEN;
      indices[at] = index === UNSEEN ? this.#indexOf(id) : index;
    }
  }

  takePage(): PageBody {
    return { encoding: ENCODING.rleDictionary, bytes: this.#indices.take(this.#entries) };
  }

  takeDictionary(): Dictionary {
    const dictionary = { count: this.#entries, bytes: this.#idByIndex.written };
    this.#idByIndex.clear();
    this.#entries = 0;
    this.#indexById.fill(UNSEEN);
    return dictionary;
  }

  #indexOf(id: number): number {
    const known = this.#indexById[id] ?? UNSEEN;
    if (known !== UNSEEN) return known;
    this.#indexById[id] = this.#entries;
    this.#idByIndex.int32(id);
    return this.#entries++;
  }
}

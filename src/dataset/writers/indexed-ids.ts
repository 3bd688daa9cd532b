import type { TokenIds } from '../../tokens/token-sequences.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import type { OutputFile, OutputFolder, WrittenFile } from '../output-folder.ts';
import type { Packing } from './row-writer.ts';

/** Larger vocabularies have 32-bit ids, as in Megatron-LM (`DType.optimal_dtype`). */
const MOST_SHORT_IDS = 65_500;
const TYPE_CODES = { int32: 4, uint16: 8 } as const;
/** Entries that are put into bytes at a time. */
const CHUNK = 1 << 16;

/**
 * `<stem>.bin`, ids one after the other, little-endian, and `<stem>.idx`, where each sequence lies: the layout of Megatron-LM's and
 * GPT-NeoX's indexed data sets. Of a sequence four bytes stay in memory, and of a document, too.
 */
export class IndexedIds {
  readonly #stem: string;
  readonly #folder: OutputFolder;
  readonly #bin: OutputFile;
  readonly #packing: Packing;
  readonly #isShort: boolean;
  readonly #lengths = new GrowingBytes(1 << 12);
  /** Sequences before the end of each document. */
  readonly #documents = new GrowingBytes(1 << 12);
  #sequences = 0;
  #ids = new Uint16Array(1 << 12);
  #wide = new Int32Array(0);

  private constructor(stem: string, folder: OutputFolder, bin: OutputFile, packing: Packing) {
    this.#stem = stem;
    this.#folder = folder;
    this.#bin = bin;
    this.#packing = packing;
    this.#isShort = packing.vocabularySize <= MOST_SHORT_IDS;
  }

  static async create(folder: OutputFolder, stem: string, packing: Packing): Promise<IndexedIds> {
    return new IndexedIds(stem, folder, await folder.create(`${stem}.bin`), packing);
  }

  /** @throws RangeError where it is longer than what is padded to. */
  async addSequence(ids: TokenIds): Promise<void> {
    const { begin, end, pad } = this.#packing;
    const around = (begin === undefined ? 0 : 1) + (end === undefined ? 0 : 1);
    const length = pad === undefined ? ids.length + around : pad.length + around;
    if (ids.length + around > length) throw new RangeError(`${ids.length} ids are more than ${pad?.length}`);
    if (length > this.#ids.length) this.#ids = new Uint16Array(2 * length);
    const packed = this.#ids.subarray(0, length);
    let at = 0;
    if (begin !== undefined) packed[at++] = begin;
    packed.set(ids, at);
    at += ids.length;
    if (end !== undefined) packed[at++] = end;
    if (pad !== undefined) packed.fill(pad.id, at);
    this.#lengths.int32(length);
    this.#sequences++;
    await this.#bin.write(this.#bytesOf(packed));
  }

  endDocument(): void {
    this.#documents.int32(this.#sequences);
  }

  async close(): Promise<readonly WrittenFile[]> {
    const index = await this.#folder.create(`${this.#stem}.idx`);
    await index.write(this.#header());
    await index.write(this.#lengths.written);
    const [width, lengths] = [this.#isShort ? 2 : 4, int32s(this.#lengths)];
    let offset = 0;
    await this.#writeInt64s(index, lengths.length, (at) => {
      const here = offset;
      offset += width * (lengths[at] ?? 0);
      return here;
    });
    const ends = int32s(this.#documents);
    await this.#writeInt64s(index, ends.length + 1, (at) => (at === 0 ? 0 : (ends[at - 1] ?? 0)));
    return [await this.#bin.close(), await index.close()];
  }

  #header(): Uint8Array {
    const header = new GrowingBytes(64);
    header.bytes(Buffer.from('MMIDIDX\0\0', 'latin1'));
    header.int64(1);
    header.uint8(TYPE_CODES[this.#isShort ? 'uint16' : 'int32']);
    header.int64(this.#sequences);
    header.int64(this.#documents.length / 4 + 1);
    return header.written;
  }

  async #writeInt64s(file: OutputFile, count: number, numberAt: (at: number) => number): Promise<void> {
    const bytes = new GrowingBytes(8 * Math.min(count, CHUNK));
    for (let at = 0; at < count; at++) {
      bytes.int64(numberAt(at));
      if (bytes.length < 8 * CHUNK) continue;
      await file.write(bytes.written);
      bytes.clear();
    }
    await file.write(bytes.written);
  }

  /** As every platform of the runtime is little-endian, the memory is the file. */
  #bytesOf(ids: Uint16Array): Uint8Array {
    if (this.#isShort) return new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength);
    if (ids.length > this.#wide.length) this.#wide = new Int32Array(2 * ids.length);
    this.#wide.set(ids);
    return new Uint8Array(this.#wide.buffer, 0, 4 * ids.length);
  }
}

function int32s({ written }: GrowingBytes): Int32Array {
  return new Int32Array(Uint8Array.from(written).buffer);
}

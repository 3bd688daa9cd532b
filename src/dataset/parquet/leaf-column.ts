import type { ScalarKind } from '../column-type.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { BlockBytes } from './block-bytes.ts';
import { type Dictionary, ENCODING, type LeafValues, leafValues } from './leaf-values.ts';
import { LevelRuns } from './level-runs.ts';
import { PHYSICAL_TYPE } from './schema.ts';
import { compressSnappy, snappyBound } from './snappy.ts';
import { ThriftWriter } from './thrift-writer.ts';
import { type Bounds, type Scalar, ValueRange } from './value-range.ts';

/** Uncompressed bytes after which a page is closed, at the end of a row. */
const PAGE_BYTES = 1 << 20;
/** Numbers of parquet.thrift's `PageType`. */
const PAGE = { dictionary: 2, dataV2: 3 } as const;

/** Where a leaf column is in its schema. */
export interface LeafPlace {
  readonly path: readonly string[];
  readonly kind: ScalarKind;
  readonly maxDefinition: number;
  readonly maxRepetition: number;
}

/** A finished column chunk, and what the footer says about it. */
export interface ColumnChunk {
  readonly place: LeafPlace;
  readonly physicalType: number;
  readonly encodings: readonly number[];
  readonly values: number;
  readonly uncompressedBytes: number;
  /** Compressed, with its header. */
  readonly dictionaryPage: Uint8Array | undefined;
  /** The data pages, compressed, with their headers: views that the next row invalidates. */
  readonly dataParts: readonly Uint8Array[];
  readonly pages: readonly PageFacts[];
}

/** What the page index says of a data page. */
export interface PageFacts {
  /** Compressed, with its header. */
  readonly sizeBytes: number;
  readonly rows: number;
  readonly nulls: number;
  /** Whether every slot is null. */
  readonly isNull: boolean;
  /** `undefined` where there is no value, or where bounds are not kept. */
  readonly bounds: Bounds | undefined;
}

/**
 * One leaf of the schema in the row group that is being written: its levels and values, cut into compressed pages
 * (DataPageV2, Snappy) as rows are added, so that only compressed bytes wait for the row group to end.
 */
export class LeafColumn {
  readonly place: LeafPlace;
  readonly values: LeafValues;
  readonly #definitions: LevelRuns;
  readonly #repetitions: LevelRuns;
  readonly #pages = new BlockBytes();
  /** Inside lists nothing is kept: no reader looks for rows by the elements of a list. */
  readonly #range: ValueRange | undefined;
  #facts: PageFacts[] = [];
  readonly #encodings = new Set<number>();
  #slots = 0;
  #nulls = 0;
  #rows = 0;
  #chunkSlots = 0;
  #uncompressedBytes = 0;

  constructor(place: LeafPlace) {
    this.place = place;
    this.values = leafValues(place.kind);
    this.#range = place.maxRepetition === 0 ? new ValueRange() : undefined;
    this.#definitions = new LevelRuns(place.maxDefinition);
    this.#repetitions = new LevelRuns(place.maxRepetition);
  }

  /** A value outside of lists, or the only one of a list so far. */
  addValue(value: Scalar, repetition: number): void {
    this.values.push(value);
    this.#range?.add(value);
    this.addLevels(1, repetition, repetition);
  }

  /** A slot without a value: something on the way to it is null or empty, as `definition` says. */
  addNull(definition: number, repetition: number): void {
    this.#definitions.add(definition, 1);
    this.#repetitions.add(repetition, 1);
    this.#slots++;
    this.#nulls++;
  }

  /** The levels of `count` values: the first repeats at `repetition`, the others at `innerRepetition`. */
  addLevels(count: number, repetition: number, innerRepetition: number): void {
    this.#definitions.add(this.place.maxDefinition, count);
    this.#repetitions.add(repetition, 1);
    if (count > 1) this.#repetitions.add(innerRepetition, count - 1);
    this.#slots += count;
  }

  endRow(): void {
    this.#rows++;
    if (this.values.pendingBytes >= PAGE_BYTES) this.#endPage();
  }

  /** Ends the column chunk of a row group. */
  takeChunk(): ColumnChunk {
    if (this.#rows > 0) this.#endPage();
    // Levels are run-length encoded, the dictionary is plain.
    for (const encoding of [ENCODING.rle, ENCODING.plain]) this.#encodings.add(encoding);
    const dictionary = this.values.takeDictionary();
    const dictionaryPage = dictionary === undefined ? undefined : this.#dictionaryPage(dictionary);
    const chunk: ColumnChunk = {
      place: this.place,
      physicalType: PHYSICAL_TYPE[this.place.kind],
      encodings: [...this.#encodings].sort((a, b) => a - b),
      values: this.#chunkSlots,
      uncompressedBytes: this.#uncompressedBytes,
      dictionaryPage,
      dataParts: [...this.#pages.parts()],
      pages: this.#facts,
    };
    this.#pages.clear();
    this.#facts = [];
    this.#encodings.clear();
    this.#chunkSlots = 0;
    this.#uncompressedBytes = 0;
    return chunk;
  }

  #endPage(): void {
    const definitions = this.#definitions.take();
    const repetitions = this.#repetitions.take();
    const levelBytes = definitions.length + repetitions.length;
    const { encoding, bytes: values } = this.values.takePage();
    const compressed = compress(values);
    const header = new ThriftWriter();
    header.i32(1, PAGE.dataV2);
    header.i32(2, levelBytes + values.length);
    header.i32(3, levelBytes + compressed.length);
    header.struct(8, (v2) => {
      v2.i32(1, this.#slots);
      v2.i32(2, this.#nulls);
      v2.i32(3, this.#rows);
      v2.i32(4, encoding);
      v2.i32(5, definitions.length);
      v2.i32(6, repetitions.length);
    });
    const headerBytes = header.end();
    for (const part of [headerBytes, repetitions, definitions, compressed]) this.#pages.add(part);
    this.#encodings.add(encoding);
    this.#facts.push({
      sizeBytes: headerBytes.length + levelBytes + compressed.length,
      rows: this.#rows,
      nulls: this.#nulls,
      isNull: this.#nulls === this.#slots,
      bounds: this.#range?.take(),
    });
    this.#uncompressedBytes += headerBytes.length + levelBytes + values.length;
    this.#chunkSlots += this.#slots;
    this.#slots = 0;
    this.#nulls = 0;
    this.#rows = 0;
  }

  #dictionaryPage({ count, bytes }: Dictionary): Uint8Array {
    const page = new GrowingBytes();
    const compressed = compress(bytes);
    const header = new ThriftWriter(page);
    header.i32(1, PAGE.dictionary);
    header.i32(2, bytes.length);
    header.i32(3, compressed.length);
    header.struct(7, (dictionary) => {
      dictionary.i32(1, count);
      dictionary.i32(2, ENCODING.plain);
    });
    this.#uncompressedBytes += header.end().length + bytes.length;
    page.bytes(compressed);
    return page.written;
  }
}

let scratch = new Uint8Array(snappyBound(PAGE_BYTES));

/** Compressed bytes: a view that the next call invalidates. */
function compress(bytes: Uint8Array): Uint8Array {
  const bound = snappyBound(bytes.length);
  if (bound > scratch.length) scratch = new Uint8Array(bound);
  return scratch.subarray(0, compressSnappy(bytes, scratch));
}

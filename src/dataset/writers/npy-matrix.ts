import { NPY_HEADER_BYTES, npyHeader } from '../npy.ts';
import type { OutputFile, OutputFolder, WrittenFile } from '../output-folder.ts';

/** A `.npy` file of float32 rows of one length, held nowhere as a whole. */
export class NpyMatrix {
  readonly #folder: OutputFolder;
  readonly #file: OutputFile;
  #rows = 0;
  /** Rows of NaN that came before the length was known. */
  #waiting = 0;
  #dimensions: number | undefined;

  private constructor(folder: OutputFolder, file: OutputFile) {
    this.#folder = folder;
    this.#file = file;
  }

  static async create(folder: OutputFolder, path: string): Promise<NpyMatrix> {
    const file = await folder.create(path);
    await file.write(new Uint8Array(NPY_HEADER_BYTES));
    return new NpyMatrix(folder, file);
  }

  /** Length of the rows, once there is one. */
  get dimensions(): number | undefined {
    return this.#dimensions;
  }

  async add(row: Float32Array): Promise<void> {
    this.#dimensions = row.length;
    while (this.#waiting > 0) {
      this.#waiting--;
      await this.#write(new Float32Array(row.length).fill(Number.NaN));
    }
    await this.#write(row);
  }

  /** A row of NaN. */
  async addNone(): Promise<void> {
    if (this.#dimensions === undefined) this.#waiting++;
    else await this.#write(new Float32Array(this.#dimensions).fill(Number.NaN));
  }

  /** The number of rows is in the header and known only now. */
  async close(): Promise<WrittenFile> {
    const header = npyHeader([this.#rows + this.#waiting, this.#dimensions ?? 0]);
    return this.#folder.rewriteStart(await this.#file.close(), header);
  }

  #write(row: Float32Array): Promise<void> {
    this.#rows++;
    return this.#file.write(new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
  }
}

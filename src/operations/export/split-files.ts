import type { OutputFile, OutputFolder, WrittenFile } from '../../dataset/output-folder.ts';

/** A file for each split that has rows, made when the first one comes; all of them are lines of text. */
export class SplitFiles {
  readonly #folder: OutputFolder;
  readonly #pathOf: (split: string) => string;
  readonly #open = new Map<string, OutputFile>();

  constructor(folder: OutputFolder, pathOf: (split: string) => string) {
    this.#folder = folder;
    this.#pathOf = pathOf;
  }

  async add(split: string, line: string): Promise<void> {
    let file = this.#open.get(split);
    if (file === undefined) {
      file = await this.#folder.create(this.#pathOf(split));
      this.#open.set(split, file);
    }
    await file.write(Buffer.from(`${line}\n`));
  }

  async close(): Promise<readonly WrittenFile[]> {
    const files: WrittenFile[] = [];
    for (const file of this.#open.values()) files.push(await file.close());
    return files;
  }
}

import type { OutputRow } from '../dataset-row.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { appendJson } from '../json-text.ts';
import { npyHeader } from '../npy.ts';
import type { OutputFile, WrittenFile } from '../output-folder.ts';
import { TAR_END, tarHeader, tarPadding } from '../tar.ts';
import { cellOf, embeddingIn, isStruct } from './cell-of.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';
import { Shards, SplitShards, shardName } from './shards.ts';

/**
 * `webdataset/<split>-00000-of-0000N.tar`: the files of a row follow each other and begin with its key, as WebDataset wants.
 *
 * | member | content |
 * |---|---|
 * | `<key>.embedding.npy` | the caption's embedding, where there is one |
 * | `<key>.json` | the row without tokens, embedding and caption |
 * | `<key>.tokens.json` | token ids in MidiTok's shape |
 * | `<key>.txt` | the caption |
 */
export function createWebdatasetWriter({ folder, columns, splits, shardSizeBytes }: WriterSetup): RowWriter {
  const open = async (path: string): Promise<TarShard> => new TarShard(await folder.create(path));
  const shards = new SplitShards(
    splits,
    (split) => new Shards(shardSizeBytes, shardName(`webdataset/${split}`, 'tar'), open),
  );
  const membersOf = memberWriter(columns);
  return {
    add: async (row) => {
      const shard = await shards.shardFor(row);
      for (const [extension, content] of membersOf(row)) await shard.add(`${row.key}.${extension}`, content);
    },
    finish: () => shards.finish(folder),
  };
}

/** Gives the members of a row one after the other; each one's content is valid until the next. */
function memberWriter(columns: WriterSetup['columns']) {
  const tokensOf = cellOf(columns, 'midi_tokens');
  const captionOf = cellOf(columns, 'text_description');
  const featuresOf = cellOf(columns, 'text_features');
  const others = columns
    .map(({ name }) => ({ name, of: cellOf(columns, name) }))
    .filter(({ name }) => name !== 'midi_tokens' && name !== 'text_description');
  const bytes = new GrowingBytes(1 << 16);

  return function* membersOf(row: OutputRow): Generator<readonly [extension: string, content: Uint8Array]> {
    const features = featuresOf(row);
    const embedding = embeddingIn(features);
    if (embedding !== undefined) {
      bytes.clear();
      bytes.bytes(npyHeader([embedding.length]));
      bytes.bytes(new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength));
      yield ['embedding.npy', bytes.written];
    }
    bytes.clear();
    const { embedding: _, ...facts } = isStruct(features) ? features : {};
    const rest = others.map(({ name, of }) => [name, name === 'text_features' ? facts : of(row)]);
    appendJson(bytes, Object.fromEntries(rest));
    yield ['json', bytes.written];
    bytes.clear();
    appendJson(bytes, tokensOf(row));
    yield ['tokens.json', bytes.written];
    yield ['txt', Buffer.from(String(captionOf(row)))];
  };
}

class TarShard {
  readonly #file: OutputFile;

  constructor(file: OutputFile) {
    this.#file = file;
  }

  async add(name: string, content: Uint8Array): Promise<void> {
    for (const part of [tarHeader(name, content.length), content, tarPadding(content.length)])
      await this.#file.write(part);
  }

  async finish(): Promise<WrittenFile> {
    await this.#file.write(TAR_END);
    return this.#file.close();
  }
}

import type { OutputRow } from '../dataset-row.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { jsonAppender } from '../json-appender.ts';
import { npyHeader } from '../npy.ts';
import type { OutputFile, WrittenFile } from '../output-folder.ts';
import type { RowColumn } from '../row-columns.ts';
import { TAR_END, tarHeader, tarPadding } from '../tar.ts';
import { cellOf, columnOf, embeddingIn } from './cell-of.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';
import { Shards, SplitShards, shardName } from './shards.ts';
import { factsAppender } from './webdataset-members.ts';

/**
 * `webdataset/<split>-00000-of-0000N.tar`: the files of a row follow each other and begin with its key, as WebDataset wants.
 *
 * | member | content |
 * |---|---|
 * | `<key>.embedding.npy` | the caption's embedding; of length 0 for a row without one, absent where the encoder makes none |
 * | `<key>.hidden_states.npy` | float16 `[tokens, numbers of a token]` in place of the embedding, where hidden states were asked for |
 * | `<key>.json` | the other columns, flat: what is a struct or may be null is the text of its JSON |
 * | `<key>.tokens.json` | token ids in MidiTok's shape |
 * | `<key>.txt` | the caption; empty where there is none |
 */
export function createWebdatasetWriter({
  folder,
  columns,
  splits,
  shardSizeBytes,
  embeds,
  hasHiddenStates,
}: WriterSetup): RowWriter {
  const open = async (path: string): Promise<TarShard> => new TarShard(await folder.create(path));
  const shards = new SplitShards(
    splits,
    (split) => new Shards(shardSizeBytes, shardName(`webdataset/${split}`, 'tar'), open),
  );
  const membersOf = memberWriter(columns, embeds, hasHiddenStates);
  return {
    add: async (row) => {
      const hiddenBytes = row.hiddenStates?.halves.byteLength ?? 0;
      const shard = await shards.shardFor({ ...row, rawBytes: row.rawBytes + hiddenBytes });
      for (const [extension, content] of membersOf(row)) await shard.add(`${row.key}.${extension}`, content);
    },
    finish: () => shards.finish(folder),
  };
}

/** Gives the members of a row one after the other; each one's content is valid until the next. */
function memberWriter(columns: readonly RowColumn[], embeds: boolean, hasHiddenStates: boolean) {
  const tokensOf = cellOf(columns, 'midi_tokens');
  const captionOf = cellOf(columns, 'text_description');
  const featuresOf = cellOf(columns, 'text_features');
  const appendTokens = jsonAppender(columnOf(columns, 'midi_tokens'));
  const appendFacts = factsAppender(columns);
  const bytes = new GrowingBytes(1 << 16);

  return function* membersOf(row: OutputRow): Generator<readonly [extension: string, content: Uint8Array]> {
    if (hasHiddenStates) {
      const { halves, tokens } = row.hiddenStates ?? NO_HIDDEN_STATES;
      bytes.clear();
      bytes.bytes(npyHeader([tokens, tokens === 0 ? 0 : halves.length / tokens], 'f2'));
      bytes.bytes(new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength));
      yield ['hidden_states.npy', bytes.written];
    }
    const embedding = embeddingIn(featuresOf(row)) ?? (embeds ? NO_EMBEDDING : undefined);
    if (embedding !== undefined) {
      bytes.clear();
      bytes.bytes(npyHeader([embedding.length]));
      bytes.bytes(new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength));
      yield ['embedding.npy', bytes.written];
    }
    bytes.clear();
    appendFacts(bytes, row);
    yield ['json', bytes.written];
    bytes.clear();
    appendTokens(bytes, tokensOf(row));
    yield ['tokens.json', bytes.written];
    yield ['txt', Buffer.from(String(captionOf(row) ?? ''))];
  };
}

const NO_EMBEDDING = new Float32Array(0);
const NO_HIDDEN_STATES = { halves: new Uint16Array(0), tokens: 0 };

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

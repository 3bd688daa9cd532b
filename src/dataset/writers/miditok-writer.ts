import { GrowingBytes } from '../growing-bytes.ts';
import { jsonAppender } from '../json-appender.ts';
import { cellOf, columnOf } from './cell-of.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';

/** Digits of a row's key that name its folder: a thousand files in each. */
const FOLDER_DIGITS = -3;

/**
 * `tokens/00012/00012345.json`: a row's tokens as MidiTok saves them, `{"ids": …}`, for its `DatasetJSON`. Their checksums are
 * in `tokens/SHA256SUMS`, so that the list of all files stays short.
 */
export async function createMiditokWriter({ folder, columns }: WriterSetup): Promise<RowWriter> {
  const sums = await folder.create('tokens/SHA256SUMS');
  const tokensOf = cellOf(columns, 'midi_tokens');
  const appendTokens = jsonAppender(columnOf(columns, 'midi_tokens'));
  const json = new GrowingBytes(1 << 16);
  return {
    add: async (row) => {
      json.clear();
      json.text('{"ids":');
      appendTokens(json, tokensOf(row));
      json.text('}\n');
      const name = `${row.key.slice(0, FOLDER_DIGITS)}/${row.key}.json`;
      const { sha256 } = await folder.write(`tokens/${name}`, json.written);
      await sums.write(Buffer.from(`${sha256}  ${name}\n`));
    },
    finish: async () => [await sums.close()],
  };
}

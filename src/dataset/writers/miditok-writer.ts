import { type Cell, type CellAppender, isList } from '../cell.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { jsonAppender } from '../json-appender.ts';
import { cellOf, columnOf } from './cell-of.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';

/** Digits of a row's key that name its folder: a thousand pairs in each. */
const FOLDER_DIGITS = 5;

/** Digits of the number of a window. */
export const WINDOW_DIGITS = 4;

/**
 * `tokens/00012/00012345.json`: a row's tokens as MidiTok saves them, `{"ids": …}`, for its `DatasetJSON`, which takes a file for
 * a sequence: windows have one each, `00012345-0000.json`. Their checksums are in `tokens/SHA256SUMS`, so that the list of
 * all files stays short.
 */
export async function createMiditokWriter({ folder, columns, areWindows }: WriterSetup): Promise<RowWriter> {
  const sums = await folder.create('tokens/SHA256SUMS');
  const column = columnOf(columns, 'midi_tokens');
  const tokensOf = cellOf(columns, 'midi_tokens');
  const json = new GrowingBytes(1 << 16);
  const write = async (name: string, append: CellAppender, tokens: Cell): Promise<void> => {
    json.clear();
    json.text('{"ids":');
    append(json, tokens);
    json.text('}\n');
    const { sha256 } = await folder.write(`tokens/${name}`, json.written);
    await sums.write(Buffer.from(`${sha256}  ${name}\n`));
  };
  const appendTokens = jsonAppender(column);
  const appendWindow = jsonAppender({
    ...column,
    type: column.type.kind === 'list' ? column.type.element : column.type,
  });
  return {
    add: async (row) => {
      const tokens = tokensOf(row);
      const name = `${row.key.slice(0, FOLDER_DIGITS)}/${row.key}`;
      if (!areWindows || !isList(tokens)) {
        await write(`${name}.json`, appendTokens, tokens);
        return;
      }
      for (const [at, window] of tokens.entries()) {
        await write(`${name}-${String(at).padStart(WINDOW_DIGITS, '0')}.json`, appendWindow, window);
      }
    },
    finish: async () => [await sums.close()],
  };
}

import { GrowingBytes } from '../growing-bytes.ts';
import { appendMapStart, appendText, msgpackAppender } from '../msgpack-appender.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';

/** `processed_data.msgpack`: a stream of maps, one a row, as `msgpack.Unpacker` of Python iterates over. */
export async function createMsgpackWriter({ folder, columns }: WriterSetup): Promise<RowWriter> {
  const file = await folder.create('processed_data.msgpack');
  const map = new GrowingBytes(1 << 16);
  const parts = columns.map((column) => ({ name: column.name, append: msgpackAppender(column) }));
  return {
    add: ({ cells }) => {
      map.clear();
      appendMapStart(map, parts.length);
      for (const [at, { name, append }] of parts.entries()) {
        appendText(map, name);
        append(map, cells[at]);
      }
      return file.write(map.written);
    },
    finish: async () => [await file.close()],
  };
}

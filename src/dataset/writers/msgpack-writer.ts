import { GrowingBytes } from '../growing-bytes.ts';
import { appendMsgpack } from '../msgpack-bytes.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';

/** `processed_data.msgpack`: a stream of maps, one a row, as `msgpack.Unpacker` of Python iterates over. */
export async function createMsgpackWriter({ folder, columns }: WriterSetup): Promise<RowWriter> {
  const file = await folder.create('processed_data.msgpack');
  const map = new GrowingBytes(1 << 16);
  return {
    add: ({ cells }) => {
      map.clear();
      appendMsgpack(map, Object.fromEntries(cells.map((cell, at) => [columns[at]?.name, cell])));
      return file.write(map.written);
    },
    finish: async () => [await file.close()],
  };
}

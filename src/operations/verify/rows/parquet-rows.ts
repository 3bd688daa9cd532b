import type { ReadRow } from './row-source.ts';

/** As the text was written: a `TextDecoder` of its own would eat a byte order mark that a caption begins with. */
const PARSERS = {
  stringFromBytes: (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : TEXT.decode(bytes)),
};
const TEXT = new TextDecoder('utf-8', { ignoreBOM: true });

/** The rows of some files, a row group at a time. */
export async function* parquetRows(files: readonly string[]): AsyncGenerator<ReadRow> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet'); // nothing else reads Parquet
  for (const path of files) {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      yield* await parquetReadObjects({ file, metadata, parsers: PARSERS, rowStart, rowEnd });
      rowStart = rowEnd;
    }
  }
}

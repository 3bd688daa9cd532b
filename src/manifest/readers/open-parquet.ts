import type { RecordReader } from './record-reader.ts';

/** A reader of a Parquet file. What reads these is loaded here: some thirty files, which every command would wait for. */
export async function openParquet(file: string, isKnown: (name: string) => boolean): Promise<RecordReader> {
  const { parquetReader } = await import('./parquet.ts');
  return parquetReader(file, isKnown);
}

import { createAmtWriter } from './amt-writer.ts';
import { createGzippedJsonlWriter, createJsonlWriter, createJsonWriter } from './json-writers.ts';
import { createMiditokWriter } from './miditok-writer.ts';
import { createMsgpackWriter } from './msgpack-writer.ts';
import { createNpyWriter } from './npy-writer.ts';
import { createPackedWriter } from './packed-writer.ts';
import { createParquetWriter } from './parquet-shards.ts';
import type { CreateWriter } from './row-writer.ts';
import { createWebdatasetWriter } from './webdataset-writer.ts';

/** The formats a data set can be written in, several at once. */
export const OUTPUT_FORMATS = [
  'parquet',
  'jsonl',
  'jsonl.gz',
  'json',
  'msgpack',
  'webdataset',
  'npy',
  'miditok',
  'packed',
  'amt',
] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export const CREATE_WRITER: Readonly<Record<OutputFormat, CreateWriter>> = {
  parquet: createParquetWriter,
  jsonl: createJsonlWriter,
  'jsonl.gz': createGzippedJsonlWriter,
  json: createJsonWriter,
  msgpack: createMsgpackWriter,
  webdataset: createWebdatasetWriter,
  npy: createNpyWriter,
  miditok: createMiditokWriter,
  packed: createPackedWriter,
  amt: createAmtWriter,
};

/** Formats whose rows may come before it is known which of them are copies of each other. */
export const TAKES_GROUPS_LATER: ReadonlySet<OutputFormat> = new Set(['parquet', 'npy', 'packed', 'amt', 'miditok']);

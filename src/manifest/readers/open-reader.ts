import { existsSync, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { ConfigError } from '../../errors.ts';
import { type ByteInput, plainBytes, streamedBytes } from '../bytes/byte-input.ts';
import { compressionOf, decompressed } from '../bytes/compression.ts';
import { asUtf8, type EncodingName, encodingOf, fileChunks } from '../bytes/encoding.ts';
import { located } from '../bytes/located.ts';
import type { FieldNames } from '../field-names.ts';
import type { ManifestLimits } from '../limits.ts';
import { emptyManifest } from '../manifest-errors.ts';
import { ManifestFault } from '../manifest-fault.ts';
import type { ManifestFormat } from '../plan.ts';
import { valueAt } from '../value-at.ts';
import { csvReader } from './csv.ts';
import { folderReader, type PassedOver } from './folder.ts';
import { jsonArrayReader } from './json-array.ts';
import { surveyDocument } from './json-document.ts';
import { jsonKeyedReader } from './json-keyed.ts';
import { jsonWholeReader } from './json-whole.ts';
import { jsonlReader } from './jsonl.ts';
import { isMatchScores, matchScoresReader } from './match-scores.ts';
import { openParquet } from './open-parquet.ts';
import { parquetShards } from './parquet-shards.ts';
import { type Part, partsReader } from './parts-reader.ts';
import { type ReadRecord, type RecordReader, START } from './record-reader.ts';

export interface ReaderOptions {
  readonly names: FieldNames;
  readonly encoding: EncodingName;
  readonly allowOutside: boolean;
  readonly limits: ManifestLimits;
  /** Whether a table may lack every known name. */
  readonly takesAnyTable?: boolean;
  /** Told what a folder passed over. */
  readonly passedOver: PassedOver;
}

/** How much of an input may be looked at to tell its format. */
const HEAD_BYTES = 1024 * 1024;
const FORMAT_OF_EXTENSION: Readonly<Record<string, ManifestFormat>> = {
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
};
/** What a folder in the layout of the Hugging Face hub lists its files in. */
const METADATA_FILES = ['metadata.jsonl', 'metadata.csv', 'metadata.parquet'] as const;
const SPLIT_NAMES = ['train', 'validation', 'valid', 'val', 'dev', 'test'] as const;

/**
 * Finds out what an input is, by content where that speaks for itself and by extension elsewhere.
 *
 * @throws ConfigError `manifest_empty`, `manifest_invalid` for what cannot be a manifest; ManifestFault
 */
export async function openReader(inputFile: string, options: ReaderOptions): Promise<RecordReader> {
  const stats: Stats = await stat(inputFile);
  if (stats.isDirectory()) return openFolder(inputFile, options);
  if (!stats.isFile()) throw unusable(inputFile, 'neither a regular file nor a folder; write it to a file');
  const raw = await readHead(plainBytes(inputFile));
  if (raw.length === 0) throw emptyManifest(inputFile);
  if (raw.subarray(0, 4).toString('latin1') === 'PAR1') return openParquet(inputFile, isKnownIn(options.names));
  const input = textInput(inputFile, raw, options.encoding);
  const head = await readHead(input);
  refuseForeign(inputFile, head);
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (text === '') throw emptyManifest(inputFile);
  return openText(input, text, extensionOf(inputFile), options);
}

async function openText(
  input: ByteInput,
  head: string,
  extension: string,
  options: ReaderOptions,
): Promise<RecordReader> {
  const { names, limits, takesAnyTable } = options;
  const isUsable = takesAnyTable ? undefined : (columns: readonly string[]) => columns.some(isKnownIn(names));
  const named = FORMAT_OF_EXTENSION[extension];
  if (named !== 'csv' && named !== 'tsv') {
    if (head.startsWith('[')) return openDocument(input, options);
    if (head.startsWith('{')) return isLines(head) ? jsonlReader(input, limits) : openDocument(input, options, named);
    if (named === 'jsonl') return jsonlReader(input, limits);
    if (named === 'json') return openDocument(input, options);
  }
  return csvReader(input, named === 'tsv' ? 'tsv' : 'csv', isUsable, limits);
}

async function openDocument(
  input: ByteInput,
  { names, limits, takesAnyTable }: ReaderOptions,
  named?: ManifestFormat,
): Promise<RecordReader> {
  const layout = await surveyDocument(input, names, limits, takesAnyTable);
  switch (layout.kind) {
    case 'arrays': {
      const parts = layout.arrays.map(
        (place): Part => ({ reader: jsonArrayReader(input, place, limits), split: place.split }),
      );
      const [only] = parts;
      return only !== undefined && parts.length === 1 && only.split === undefined
        ? only.reader
        : partsReader('json', parts);
    }
    case 'keyed':
      return withFilesOfTracks(jsonKeyedReader(input, layout.offset, limits));
    case 'unknown':
      if (named === 'jsonl') return jsonlReader(input, limits);
      throw await located(layout.fault, input);
    case 'record':
      if (named === 'jsonl') return jsonlReader(input, limits);
      return jsonWholeReader(input, layout.kind, limits);
    default:
      return jsonWholeReader(input, layout.kind, limits);
  }
}

async function withFilesOfTracks(reader: RecordReader): Promise<RecordReader> {
  for await (const { records } of reader.blocks(START)) {
    const first = records.find(({ record }) => record !== undefined)?.record;
    return first !== undefined && isMatchScores(first) ? matchScoresReader(reader) : reader;
  }
  return reader;
}

/** A file that begins with an object is JSON lines if its first line is a whole one and another line begins with one. */
function isLines(head: string): boolean {
  const [first = '', ...rest] = head.split('\n');
  const second = rest.find((line) => line.trim() !== '');
  if (second === undefined) return false;
  return isJson(first) || second.trimStart().startsWith('{"');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // Only asked whether it is JSON.
  }
}

/** A folder lists its files in a `metadata` file, alone or in each split's folder, or has Parquet files; else it is what it holds. */
async function openFolder(folder: string, options: ReaderOptions): Promise<RecordReader> {
  const entries = new Set(await readdir(folder));
  const splits = SPLIT_NAMES.filter((name) => entries.has(name));
  const listed = await metadataPart(folder, '', options);
  if (listed !== undefined) return partsReader(listed.reader.format, [listed], folder);
  const parts: Part[] = [];
  for (const split of splits) {
    const part = await metadataPart(folder, split, options);
    if (part !== undefined) parts.push(part);
  }
  const [first] = parts;
  if (first !== undefined) return partsReader(first.reader.format, parts, folder);
  const shards = await parquetShards(folder, SPLIT_NAMES, isKnownIn(options.names));
  if (await listMidi(shards, options.names)) return partsReader('parquet', shards, folder);
  const { passedOver, allowOutside } = options;
  return { ...folderReader(folder, { followLinks: allowOutside, splits: new Set(splits), passedOver }), root: folder };
}

/** Whether they list MIDI files, or hold them: other tables may lie in a folder of MIDI files. */
async function listMidi(parts: readonly Part[], names: FieldNames): Promise<boolean> {
  for (const { reader } of parts) {
    for await (const { records } of reader.blocks(START)) {
      const isListed = (read: ReadRecord): boolean => {
        if (read.record === undefined) return false;
        const { record, embedded } = read;
        return embedded !== undefined || names.midi.some((name) => typeof valueAt(record, name) === 'string');
      };
      if (records.some(isListed)) return true;
      break;
    }
  }
  return false;
}

async function metadataPart(folder: string, split: string, options: ReaderOptions): Promise<Part | undefined> {
  const name = METADATA_FILES.map((file) => join(folder, split, file)).find((file) => existsSync(file));
  if (name === undefined) return undefined;
  const reader = await openReader(name, options);
  return split === '' ? { reader } : { reader, split, folder: split };
}

function textInput(file: string, head: Buffer, told: EncodingName): ByteInput {
  const compression = compressionOf(head);
  if (compression !== undefined) return compressedText(file, compression, told);
  const encoding = encodingOf(head, told);
  return encoding === undefined ? plainBytes(file) : streamedBytes(() => asUtf8(fileChunks(file), encoding));
}

/** Its encoding shows only once it is unpacked; without being told it is UTF-8. */
function compressedText(file: string, compression: 'gzip' | 'zstd', told: EncodingName): ByteInput {
  const encoding = told === 'auto' ? undefined : encodingOf(Buffer.alloc(0), told);
  return streamedBytes(() => {
    const chunks = decompressed(file, compression);
    return encoding === undefined ? chunks : asUtf8(chunks, encoding);
  });
}

async function readHead(input: ByteInput): Promise<Buffer> {
  const source = await input.open(0);
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    let length = 0;
    for (;;) {
      const count = await source.read(head, length, HEAD_BYTES - length);
      length += count;
      if (count === 0 || length === HEAD_BYTES) return head.subarray(0, length);
    }
  } finally {
    await source.close();
  }
}

/** `pairs.jsonl.gz` is a `.jsonl`. */
function extensionOf(file: string): string {
  const bare = file.replace(/\.(?:gz|gzip|zst|zstd)$/i, '');
  return extname(bare).toLowerCase();
}

function isKnownIn(names: FieldNames): (column: string) => boolean {
  const known = [...names.midi, ...names.text, ...names.textFile].flatMap((name) => [name, name.split('.', 1)[0]]);
  return (column) => known.includes(column);
}

/** A NUL this near to the start is of a binary file; later it may be in a caption. */
const TELLING_BYTES = 8;

const FOREIGN: readonly (readonly [magic: string, what: string])[] = [
  ['PK\u0003\u0004', 'a zip archive (a spreadsheet, or packed files); unpack it, or save the sheet as CSV'],
  ['MThd', 'a MIDI file itself; give the folder that it is in, or a list of files'],
  ['RIFF', 'a RIFF file (MIDI or audio) itself; give the folder that it is in, or a list of files'],
  ['\u00fd7zXZ', 'packed by xz; unpack it'],
  ['BZh', 'packed by bzip2; unpack it'],
  ['ARROW1', 'an Arrow file; save it as Parquet'],
  ['SQLite format 3', 'an SQLite database; export the table as CSV'],
  ['%PDF', 'a PDF file; give a list of files'],
  ['\u0080\u0004\u0095', 'a Python pickle; save it as Parquet or as JSON lines'],
];

function refuseForeign(inputFile: string, head: Buffer): void {
  const start = head.subarray(0, 16).toString('latin1');
  const found = FOREIGN.find(([magic]) => start.startsWith(magic));
  if (found !== undefined) throw unusable(inputFile, found[1]);
  if (head.subarray(257, 262).toString('latin1') === 'ustar') {
    throw unusable(inputFile, 'a tar archive; unpack it, and give its folder');
  }
  if (head.subarray(0, TELLING_BYTES).includes(0)) {
    throw new ManifestFault(head.indexOf(0), 'this is no text (a NUL byte); save the manifest as UTF-8');
  }
}

function unusable(inputFile: string, what: string): ConfigError {
  return new ConfigError('manifest_invalid', `${inputFile} is ${what}.`);
}

import type { ColumnSchema, ColumnType, ScalarKind } from './column-type.ts';
import { licenseLines } from './license-lines.ts';
import type { WrittenFile } from './output-folder.ts';
import type { RowColumn } from './row-columns.ts';
import type { SplitSize } from './write-rows.ts';
import type { OutputFormat } from './writers/output-format.ts';
import { webdatasetMembers } from './writers/webdataset-members.ts';

export interface HeaderInput {
  readonly columns: readonly RowColumn[];
  /** Whether the text encoder makes embeddings. */
  readonly embeds: boolean;
  readonly hasHiddenStates?: boolean | undefined;
  readonly formats: readonly OutputFormat[];
  readonly files: readonly WrittenFile[];
  /** At least one. */
  readonly splits: readonly SplitSize[];
  readonly license: string | undefined;
}

interface Loadable {
  readonly format: OutputFormat;
  /** Where its files are, or its one file with the rows of all splits. */
  readonly files: { readonly ofSplit: (split: string) => string } | { readonly whole: string };
  /** The columns as the library sees them. */
  readonly featuresOf: (columns: readonly RowColumn[], embeds: boolean) => readonly ColumnSchema[];
}

const asTheyAre = (columns: readonly ColumnSchema[]): readonly ColumnSchema[] => columns;

/** What `load_dataset` of the Hugging Face library reads, the preferred format first. */
const LOADABLE: readonly Loadable[] = [
  { format: 'parquet', files: { ofSplit: (split) => `data/${split}-*.parquet` }, featuresOf: asTheyAre },
  { format: 'jsonl', files: { whole: 'processed_data.jsonl' }, featuresOf: asTheyAre },
  { format: 'jsonl.gz', files: { whole: 'processed_data.jsonl.gz' }, featuresOf: asTheyAre },
  { format: 'webdataset', files: { ofSplit: (split) => `webdataset/${split}-*.tar` }, featuresOf: webdatasetMembers },
  { format: 'json', files: { whole: 'processed_data.json' }, featuresOf: asTheyAre },
];
/** What several splits in one file are called together, so that nobody asks for `train` and gets the rest with it. */
const ALL_SPLITS = 'everything';

/** The types of the `datasets` library by ours. */
const DTYPE: Readonly<Record<ScalarKind, string>> = {
  boolean: 'bool',
  int32: 'int32',
  int64: 'int64',
  float: 'float32',
  double: 'float64',
  string: 'string',
  id: 'int32',
};

/** The YAML header of a dataset card, with which `load_dataset(folder)` needs no arguments. */
export function cardHeader(input: HeaderInput): string {
  const loadable = LOADABLE.find(({ format }) => input.formats.includes(format));
  const lines = [
    '---',
    ...(input.license === undefined ? [] : licenseLines(input.license)),
    'tags:',
    ...['music', 'midi', 'symbolic-music', 'text', 'midiloom'].map((tag) => `- ${tag}`),
    'size_categories:',
    `- ${sizeCategory(input.splits.reduce((sum, { rows }) => sum + rows, 0))}`,
    ...(loadable === undefined ? [] : loadingLines(loadable, input)),
    '---',
  ];
  return `${lines.join('\n')}\n`;
}

/** Where the library finds the rows, and their types, which it would else take from the first rows that it sees. */
function loadingLines({ format, files, featuresOf }: Loadable, input: HeaderInput): readonly string[] {
  const { columns, embeds } = input;
  const isOne = 'whole' in files;
  const splits = isOne ? [inOneFile(input.splits)] : splitsWithFiles(input.splits);
  const paths = splits.map(({ name }) => (isOne ? files.whole : files.ofSplit(name)));
  const rawBytes = splits.reduce((sum, split) => sum + split.rawBytes, 0);
  return [
    'configs:',
    '- config_name: default',
    '  data_files:',
    ...splits.flatMap(({ name }, at) => [`  - split: ${name}`, `    path: ${paths[at]}`]),
    'dataset_info:',
    // A matrix in half precision has no name that every version of the library knows; it sees what the files hold.
    ...(input.hasHiddenStates && format === 'webdataset'
      ? []
      : ['  features:', ...featuresOf(columns, embeds).flatMap((column) => featureLines(column, '  '))]),
    '  splits:',
    ...splits.flatMap(({ name, rows, rawBytes: bytes }) => [
      `  - name: ${name}`,
      `    num_bytes: ${bytes}`,
      `    num_examples: ${rows}`,
    ]),
    `  download_size: ${sizeOf(paths, input.files)}`,
    `  dataset_size: ${rawBytes}`,
  ];
}

/** A split without rows has no file, unless there is no row at all. */
function splitsWithFiles(splits: readonly SplitSize[]): readonly SplitSize[] {
  const filled = splits.filter(({ rows }) => rows > 0);
  return filled.length > 0 ? filled : splits.slice(0, 1);
}

function inOneFile(splits: readonly SplitSize[]): SplitSize {
  const filled = splitsWithFiles(splits);
  const [only] = filled;
  if (only !== undefined && filled.length === 1) return only;
  return {
    name: ALL_SPLITS,
    rows: filled.reduce((sum, { rows }) => sum + rows, 0),
    rawBytes: filled.reduce((sum, { rawBytes }) => sum + rawBytes, 0),
  };
}

/** Bytes of the files at some paths, in which a `*` stands for anything. */
function sizeOf(paths: readonly string[], files: readonly WrittenFile[]): number {
  const parts = paths.map((path) => path.split('*'));
  return files
    .filter(({ path }) => parts.some(([start = '', end = '']) => path.startsWith(start) && path.endsWith(end)))
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function featureLines({ name, type }: ColumnSchema, indent: string): readonly string[] {
  return [`${indent}- name: ${name}`, ...typeLines(type, `${indent}  `)];
}

function typeLines(type: ColumnType, indent: string): readonly string[] {
  switch (type.kind) {
    case 'struct':
      return [`${indent}struct:`, ...type.fields.flatMap((field) => featureLines(field, indent))];
    case 'list': {
      const { element } = type;
      // A `sequence` of structs would be read as a struct of lists.
      if (element.kind === 'struct') {
        return [`${indent}list:`, ...element.fields.flatMap((field) => featureLines(field, indent))];
      }
      if (element.kind === 'list') return [`${indent}sequence:`, ...typeLines(element, `${indent}  `)];
      return [`${indent}sequence: ${DTYPE[element.kind]}`];
    }
    default:
      return [`${indent}dtype: ${DTYPE[type.kind]}`];
  }
}

function sizeCategory(rows: number): string {
  const bounds = [1e3, 1e4, 1e5, 1e6, 1e7];
  const names = ['n<1K', '1K<n<10K', '10K<n<100K', '100K<n<1M', '1M<n<10M', '10M<n<100M'];
  return names[bounds.filter((bound) => rows >= bound).length] ?? '10M<n<100M';
}

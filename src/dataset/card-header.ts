import type { WrittenFile } from './output-folder.ts';
import type { ColumnSchema, ColumnType, ScalarKind } from './parquet/column-type.ts';
import type { SplitSize } from './write-rows.ts';
import type { OutputFormat } from './writers/output-format.ts';

export interface HeaderInput {
  readonly columns: readonly ColumnSchema[];
  readonly formats: readonly OutputFormat[];
  readonly files: readonly WrittenFile[];
  /** At least one. */
  readonly splits: readonly SplitSize[];
  readonly license: string | undefined;
}

interface Loadable {
  readonly format: OutputFormat;
  readonly pathOf: (split: string) => string;
  /** Whether one file has the rows of all splits. */
  readonly isWhole: boolean;
}

/** Which files `load_dataset` of the Hugging Face library reads, the preferred format first. */
const LOADABLE: readonly Loadable[] = [
  { format: 'parquet', pathOf: (split) => `data/${split}-*.parquet`, isWhole: false },
  { format: 'jsonl', pathOf: () => 'processed_data.jsonl', isWhole: true },
  { format: 'jsonl.gz', pathOf: () => 'processed_data.jsonl.gz', isWhole: true },
  { format: 'webdataset', pathOf: (split) => `webdataset/${split}-*.tar`, isWhole: false },
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
  json: 'string',
  id: 'int32',
};

/** The YAML header of a dataset card, with which `load_dataset(folder)` needs no arguments. */
export function cardHeader(input: HeaderInput): string {
  const lines = [
    '---',
    ...(input.license === undefined ? [] : [`license: ${JSON.stringify(input.license)}`]),
    'tags:',
    ...['music', 'midi', 'symbolic-music', 'text', 'midiloom'].map((tag) => `- ${tag}`),
    'size_categories:',
    `- ${sizeCategory(input.splits.reduce((sum, { rows }) => sum + rows, 0))}`,
    ...configLines(input),
    ...(input.formats.includes('parquet') ? infoLines(input) : []),
    '---',
  ];
  return `${lines.join('\n')}\n`;
}

function configLines({ formats, splits }: HeaderInput): readonly string[] {
  const loadable = LOADABLE.find(({ format }) => formats.includes(format));
  if (loadable === undefined) return [];
  const names = splitsWithFiles(splits).map(({ name }) => name);
  const shown = loadable.isWhole && names.length > 1 ? [ALL_SPLITS] : names;
  const lines = shown.flatMap((split) => [`  - split: ${split}`, `    path: ${loadable.pathOf(split)}`]);
  return ['configs:', '- config_name: default', '  data_files:', ...lines];
}

/** A split without rows has no file, unless there is no row at all. */
function splitsWithFiles(splits: readonly SplitSize[]): readonly SplitSize[] {
  const filled = splits.filter(({ rows }) => rows > 0);
  return filled.length > 0 ? filled : splits.slice(0, 1);
}

function infoLines({ columns, files, splits }: HeaderInput): readonly string[] {
  const downloadBytes = files
    .filter(({ path }) => path.endsWith('.parquet'))
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const filled = splitsWithFiles(splits);
  return [
    'dataset_info:',
    '  features:',
    ...columns.flatMap((column) => featureLines(column, '  ')),
    '  splits:',
    ...filled.flatMap(({ name, rows, rawBytes }) => [
      `  - name: ${name}`,
      `    num_bytes: ${rawBytes}`,
      `    num_examples: ${rows}`,
    ]),
    `  download_size: ${downloadBytes}`,
    `  dataset_size: ${filled.reduce((sum, { rawBytes }) => sum + rawBytes, 0)}`,
  ];
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

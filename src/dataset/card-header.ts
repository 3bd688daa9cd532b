import type { WrittenFile } from './output-folder.ts';
import type { ColumnSchema, ColumnType, ScalarKind } from './parquet/column-type.ts';
import type { OutputFormat } from './writers/output-format.ts';

export interface HeaderInput {
  readonly columns: readonly ColumnSchema[];
  readonly formats: readonly OutputFormat[];
  readonly files: readonly WrittenFile[];
  readonly rows: number;
  /** Size of all rows before encoding. */
  readonly rawBytes: number;
  readonly license: string | undefined;
}

/** Which files `load_dataset` of the Hugging Face library reads, the preferred format first. */
const LOADABLE: readonly (readonly [OutputFormat, string])[] = [
  ['parquet', 'data/train-*.parquet'],
  ['jsonl', 'processed_data.jsonl'],
  ['jsonl.gz', 'processed_data.jsonl.gz'],
  ['webdataset', 'webdataset/train-*.tar'],
];

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
  const loadable = LOADABLE.find(([format]) => input.formats.includes(format));
  const lines = [
    '---',
    ...(input.license === undefined ? [] : [`license: ${JSON.stringify(input.license)}`]),
    'tags:',
    ...['music', 'midi', 'symbolic-music', 'text', 'midiloom'].map((tag) => `- ${tag}`),
    'size_categories:',
    `- ${sizeCategory(input.rows)}`,
    ...(loadable === undefined ? [] : configLines(loadable[1])),
    ...(loadable?.[0] === 'parquet' ? infoLines(input) : []),
    '---',
  ];
  return `${lines.join('\n')}\n`;
}

function configLines(path: string): readonly string[] {
  return ['configs:', '- config_name: default', '  data_files:', '  - split: train', `    path: ${path}`];
}

function infoLines({ columns, files, rows, rawBytes }: HeaderInput): readonly string[] {
  const downloadBytes = files
    .filter(({ path }) => path.endsWith('.parquet'))
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return [
    'dataset_info:',
    '  features:',
    ...columns.flatMap((column) => featureLines(column, '  ')),
    '  splits:',
    '  - name: train',
    `    num_bytes: ${rawBytes}`,
    `    num_examples: ${rows}`,
    `  download_size: ${downloadBytes}`,
    `  dataset_size: ${rawBytes}`,
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
      if (element.kind === 'list' || element.kind === 'struct') {
        return [`${indent}sequence:`, ...typeLines(element, `${indent}  `)];
      }
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

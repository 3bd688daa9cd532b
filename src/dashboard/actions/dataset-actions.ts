import { join } from 'node:path';
import type { Fields } from '../../checkpoint/fields.ts';
import { oneOf, parseOption } from '../../config/option.ts';
import { parseOptions } from '../../config/run-config.ts';
import { RUN_OPTIONS, snakeCase } from '../../config/run-options.ts';
import { EXPORT_FORMATS, exportDataset } from '../../operations/export/export-dataset.ts';
import { mergeRun } from '../../operations/merge-run.ts';
import { planRun } from '../../operations/plan/plan-run.ts';
import type { RunEvent } from '../../pipeline/run-events.ts';
import { percent } from '../../report/format-number.ts';
import { type ActionContext, prepared } from './action.ts';
import { exportName } from './export-name.ts';

/** How rows are written, as on the command line: texts by the names of options, and flags. */
const MERGE_OPTIONS = ['outputFormat', 'split', 'seed', 'dedupe', 'filter', 'shardSize', 'savePartial'] as const;
const EXPORT_OPTIONS = ['split', 'seed', 'dedupe', 'filter', 'shardSize', 'savePartial'] as const;
type RowOption = (typeof MERGE_OPTIONS)[number];

/** Options, and the flags that say the same. */
interface Told {
  readonly options: ReturnType<typeof parseOptions>;
  readonly flags: readonly string[];
}

const TO = oneOf(EXPORT_FORMATS, 'what to write', 'parquet');

/** Data sets made of what is done. */
export const DATASET_ACTIONS = {
  merge: prepared({
    read: (fields) => told(fields, MERGE_OPTIONS),
    command: ({ directory }, { flags }) => ['midiloom', 'process', directory, '--mode', 'merge', ...flags],
    foresee: async ({ directory }, { options }) => {
      const { output, stages } = await planRun({ ...options, outputDir: directory, mode: 'merge' });
      if (output === null) {
        const pending = Math.max(stages.midi.new, stages.text.new);
        return {
          will: [`Nothing: ${pending} pairs are pending. With save_partial the others are written.`],
          discards: [],
        };
      }
      const { formats, splits, filters, replaces, dataset } = output;
      return {
        will: [
          `Writes the data set as ${formats.join(', ')} to ${dataset}.`,
          `Splits: ${splits.map(({ name, share }) => `${name} ${percent(share, 1)}`).join(', ') || 'none'}. Filters: ${filters.join(', ') || 'none'}.`,
          'What is chosen here is remembered for the next call.',
        ],
        discards: replaces ? ['The data set that is there now: the new one takes its place once it is whole.'] : [],
      };
    },
    perform: (files, { options }, { signal, log, progress }) =>
      mergeRun(files, options, { signal, log, onEvent: tellProgress(progress, log) }),
  }),
  export: prepared({
    read: (fields) => ({
      ...told(fields, EXPORT_OPTIONS),
      to: parseOption(TO, '--to', fields.text('to')),
      place: join('exports', exportName(fields.text('name'))),
    }),
    command: ({ directory }, { flags, to, place }) => [
      'midiloom',
      'export',
      directory,
      '--to',
      to,
      '--out',
      join(directory, place),
      ...flags,
    ],
    foresee: async ({ directory }, { to, place }) => ({
      will: [
        `Writes what the run has as ${to} to ${join(directory, place)}; an earlier export of this name is replaced.`,
        'The run and its data set stay as they are.',
      ],
      discards: [],
    }),
    perform: (files, { options, to, place }, { signal, log }) =>
      exportDataset(files, { ...options, to, out: join(files.directory, place) }, { signal, log }),
  }),
};

function told(fields: Fields, names: readonly RowOption[]): Told {
  const given = names.flatMap((name) => {
    const key = snakeCase(name);
    if (!fields.has(key) || fields.value(key) === false || fields.value(key) === '') return [];
    return [{ name, key, value: isFlag(name) ? fields.value(key) : fields.text(key) }];
  });
  return {
    options: parseOptions(
      Object.fromEntries(given.map(({ name, value }) => [name, value])),
      (name) => `--${snakeCase(name)}`,
    ),
    flags: given.flatMap(({ key, value }) => (typeof value === 'string' ? [`--${key}`, value] : [`--${key}`])),
  };
}

function isFlag(name: RowOption): boolean {
  return typeof RUN_OPTIONS[name].default === 'boolean';
}

function tellProgress(progress: ActionContext['progress'], log: ActionContext['log']) {
  return (event: RunEvent): void => {
    if (event.type === 'merging') progress({ done: event.pairs, total: event.total });
    else if (event.type === 'notice') log('warning', event.message);
  };
}

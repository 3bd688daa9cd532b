import { join } from 'node:path';
import type { Fields } from '../../checkpoint/fields.ts';
import { ConfigError } from '../../errors.ts';
import { type CleanupCandidate, type CleanupCriteria, cleanUpRuns } from '../../operations/cleanup-runs.ts';
import { exportRun } from '../../operations/export-run.ts';
import { resetRun } from '../../operations/reset-run.ts';
import { runOverview } from '../../operations/run-overview.ts';
import { findStoppable, stopRun } from '../../operations/stop-run.ts';
import { counted, whole } from '../../report/format-number.ts';
import { STAGES, type StageName } from '../../run-directory/run-files.ts';
import { prepared } from './action.ts';
import { exportName } from './export-name.ts';

/** Checkpoints as a whole. */
export const CHECKPOINT_ACTIONS = {
  reset: prepared({
    read: readStages,
    command: ({ directory }, stages) => ['midiloom', 'checkpoint', 'reset', directory, ...stageFlag(stages)],
    foresee: async (files, stages) => {
      const overview = await runOverview(files, new Date());
      const lost = stages
        .map((stage) => `${whole(overview.stages[stage].done)} pairs of the ${stage} stage`)
        .join(' and ');
      return {
        will: ['Moves the checkpoints aside, and their copies in second places; the data set stays.'],
        discards: [`The results of ${lost}: they are deleted once a new run has saved.`],
      };
    },
    perform: (files, stages, { signal, log }) => resetRun(files, { stages }, { signal, log }),
  }),
  cleanup: prepared({
    read: readCriteria,
    command: ({ directory }, { olderThanHours, invalid }) => [
      'midiloom',
      'checkpoint',
      'cleanup',
      directory,
      ...(olderThanHours === undefined ? [] : ['--older_than', String(olderThanHours)]),
      ...(invalid ? ['--invalid'] : []),
      '--yes',
    ],
    foresee: async ({ directory }, criteria) => {
      const found = await allOf(cleanUpRuns(directory, { ...criteria, dryRun: true }));
      const going = found.filter(({ outcome }) => outcome === 'running');
      const deleted = found.filter(({ outcome }) => outcome === 'would_delete');
      return {
        will: [
          deleted.length === 0
            ? 'Nothing here is old or damaged enough to be deleted.'
            : `Deletes the checkpoints of ${counted(deleted.length, 'run')}; data sets stay.`,
          ...going.map(({ run }) => `${run.directory} is left alone: a run is going.`),
        ],
        discards: deleted.map(
          ({ run, reason }) =>
            `${run.directory}: ${whole(Math.max(run.stages.midi.done, run.stages.text.done))} pairs done, ${reason}`,
        ),
      };
    },
    perform: ({ directory }, criteria, { signal, log }) =>
      allOf(cleanUpRuns(directory, { ...criteria, dryRun: false }, { signal, log })),
  }),
  export_checkpoint: prepared({
    read: (fields) => ({ stages: readStages(fields), file: `export-${exportName(fields.text('name'))}` }),
    command: ({ directory }, { stages, file }) => [
      'midiloom',
      'checkpoint',
      'export',
      directory,
      join(directory, file),
      ...stageFlag(stages),
    ],
    foresee: async ({ directory }, { file }) => ({
      will: [`Writes both stages with their records, as far as they are saved, to ${join(directory, file)}.`],
      discards: [],
    }),
    perform: (files, { stages, file }, { signal, log }) =>
      exportRun(files, join(files.directory, file), { stages }, { signal, log }),
  }),
  stop: prepared({
    read: () => undefined,
    command: async (files) => ['kill', '-TERM', String((await findStoppable(files)).pid)],
    foresee: async (files) => {
      const { pid, host } = await findStoppable(files);
      return {
        will: [
          `Asks process ${pid} on ${host} to finish what is in flight, save and stop.`,
          'midiloom process goes on with the run later; nothing is lost.',
        ],
        discards: [],
      };
    },
    perform: (files, _, { signal }) => stopRun(files, { signal }),
  }),
};

function readStages(fields: Fields): readonly StageName[] {
  return fields.has('stage') ? [fields.oneOf('stage', STAGES)] : STAGES;
}

function stageFlag(stages: readonly StageName[]): readonly string[] {
  return stages.length === STAGES.length ? [] : stages.flatMap((stage) => ['--stage', stage]);
}

function readCriteria(fields: Fields): CleanupCriteria {
  const olderThanHours = fields.has('older_than') ? fields.amount('older_than') : undefined;
  const invalid = fields.value('invalid') === true;
  if (olderThanHours !== undefined || invalid) return { olderThanHours, invalid };
  throw new ConfigError('invalid_option', 'Say what is of no use any more: --older_than HOURS, or --invalid.');
}

async function allOf(found: AsyncIterable<CleanupCandidate>): Promise<readonly CleanupCandidate[]> {
  const all: CleanupCandidate[] = [];
  for await (const each of found) all.push(each);
  return all;
}

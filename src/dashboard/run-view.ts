import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { datasetFolder } from '../dataset/dataset-place.ts';
import { datasetState } from '../dataset/dataset-state.ts';
import { CheckpointError } from '../errors.ts';
import {
  countPairs,
  NO_STAGE,
  type RunStatus,
  type StageFacts,
  type StageState,
} from '../operations/read-run-status.ts';
import { buildTimeline, type Timeline } from '../report/timeline.ts';
import type { SaveMetrics } from '../run-directory/metrics-log.ts';
import { STAGES, type StageName } from '../run-directory/run-files.ts';
import { readSessionStarts, readSessions, type SessionStart } from '../run-directory/session-log.ts';
import { activityOf } from './activity.ts';
import type { FollowedRun, StageNow } from './followed-run.ts';
import { findLog } from './run-log.ts';
import { tasksOf } from './run-registry.ts';
import { optionsOf } from './session-options.ts';
import type { RunRow, RunView, StageCounts } from './wire.ts';

/** Of a run that was begun a thousand times. */
const MAX_SESSIONS = 200;

/** Everything of a run but its pairs. */
export async function runView(followed: FollowedRun, run: RunRow): Promise<RunView> {
  const { files } = followed.run;
  const { directory } = files;
  const [saves, sessions, starts] = await Promise.all([
    followed.metrics(),
    readSessions(directory),
    readSessionStarts(directory),
  ]);
  const timeline = timelineOf(saves, sessions);
  const savesOf = countBySession(saves);
  return {
    run,
    dataset: await datasetState(directory),
    ...(await countsOf(followed)),
    sessions: sessions.slice(-MAX_SESSIONS).map((session) => ({
      ...session,
      saves: savesOf.get(session.session_id) ?? 0,
      host: hostOf(starts, session.session_id),
    })),
    timeline,
    activity: activityOf(saves, timeline),
    options: optionsOf(starts),
    has_report: existsSync(join(directory, 'report.html')),
    has_card: existsSync(join(datasetFolder(directory), 'README.md')),
    log: (await findLog(directory))?.name ?? null,
  };
}

type Counts = Pick<RunView, 'pairs' | 'failure_codes' | 'stages' | 'retry_asked' | 'skip' | 'tasks'>;

/** What the stages add up to; nothing where one cannot be read, which the row says. */
async function countsOf(followed: FollowedRun): Promise<Counts> {
  if (followed.run.files.tasks !== undefined) return countsOfTasks(followed);
  try {
    return await followed.look(({ stages, running }) => {
      const facts = {
        midi: factsOf(followed, 'midi', stages.midi),
        text: factsOf(followed, 'text', stages.text),
      };
      const requests = STAGES.map((stage) => stages[stage].requests);
      return {
        ...countsOfStatus(countPairs(facts, running !== null)),
        retry_asked: requests.some(({ retry }) => retry !== undefined),
        skip: [...new Set(requests.flatMap(({ skip }) => skip))].sort((a, b) => a - b),
        tasks: null,
      };
    });
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return { pairs: null, failure_codes: {}, stages: null, retry_asked: false, skip: [], tasks: null };
  }
}

async function countsOfTasks({ run, statusOfTasks }: FollowedRun): Promise<Counts> {
  const status = await statusOfTasks();
  const ids = new Map(tasksOf(run).map(({ id, files }) => [files.directory, id]));
  const tasks = status.tasks?.tasks.map(
    ({ directory, number: _number, pid: _pid, heartbeat: _beat, bytes: _bytes, ...task }) => ({
      ...task,
      id: ids.get(directory) ?? '',
    }),
  );
  return { ...countsOfStatus(status), retry_asked: false, skip: [], tasks: tasks ?? [] };
}

function countsOfStatus({
  pairs,
  failure_codes,
  stages,
}: Pick<RunStatus, 'pairs' | 'failure_codes' | 'stages'>): Pick<Counts, 'pairs' | 'failure_codes' | 'stages'> {
  return { pairs, failure_codes, stages: { midi: countsOfStage(stages.midi), text: countsOfStage(stages.text) } };
}

function factsOf({ run }: FollowedRun, stage: StageName, { view, requests }: StageNow): StageFacts {
  const file = run.files.checkpoints[stage];
  return { file, checkpoint: view?.checkpoint, requests, tallied: view?.progress ?? NO_STAGE };
}

function countsOfStage({ total, completed, failed, skipped, foreign, in_progress, pending }: StageState): StageCounts {
  return { total, completed, failed, skipped, foreign, in_progress, pending };
}

function timelineOf(saves: readonly SaveMetrics[], sessions: Parameters<typeof buildTimeline>[0]): Timeline {
  const commitsOf = (stage: StageName) =>
    saves
      .filter((save) => save.stage === stage)
      .map(({ session_id, at, pairs }) => ({ session_id, at: Date.parse(at), pairs }));
  return buildTimeline(sessions, { midi: commitsOf('midi'), text: commitsOf('text') });
}

function countBySession(saves: readonly SaveMetrics[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { session_id } of saves) counts.set(session_id, (counts.get(session_id) ?? 0) + 1);
  return counts;
}

function hostOf(starts: readonly SessionStart[], session: string): string | null {
  return starts.findLast(({ session_id }) => session_id === session)?.host ?? null;
}

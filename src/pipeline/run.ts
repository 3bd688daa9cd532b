import type { RunConfig } from '../config/run-config.ts';
import type { RunDescription } from '../run-directory/run-description.ts';
import type { Tasks } from '../run-directory/tasks-file.ts';
import { choose } from './choose/choose.ts';
import { announce } from './open/announce.ts';
import { dropDamagedSegments, mendStages } from './open/drop-damaged-segments.ts';
import { inRunDirectory } from './open/in-run-directory.ts';
import { inSession } from './open/in-session.ts';
import { type OpenedRun, openRun } from './open/open-run.ts';
import { HeadStart } from './outputs/head-start.ts';
import { mergedRun } from './outputs/merged-run.ts';
import type { RunContext } from './run-events.ts';
import type { RunResult } from './run-result.ts';
import { isWorkedOff } from './work/is-worked-off.ts';
import { MidiWorkers } from './work/midi-workers.ts';
import { workOff } from './work/work-off.ts';

/**
 * The recipe: choose what decides, lock the run directory, open what is there, run both stages, merge.
 *
 * @param agreed - what the tasks of a run agreed on, where this is one of them.
 */
export async function run(
  config: RunConfig,
  description: RunDescription,
  told: RunContext,
  agreed?: Tasks['fingerprints'],
): Promise<RunResult> {
  const chosen = { ...(await choose(config, description)), agreed };
  return inRunDirectory(config, description, told, async (context, secondPlace) => {
    const workers = new MidiWorkers(config, chosen);
    try {
      const opened = await openRun(config, chosen, secondPlace, context, workers);
      await announce(opened);
      const { midi, text } = opened;
      const settle = () => Promise.all([midi.settleCopy(), text.settleCopy()]);
      return await inSession(opened, () => workAndMerge(opened), settle);
    } finally {
      await workers.close();
    }
  });
}

async function workAndMerge(opened: OpenedRun): Promise<RunResult> {
  const { config } = opened;
  for (let isFirst = true; ; isFirst = false) {
    const isDue = config.mode !== 'merge' && !(await isWorkedOff(opened));
    const headStart = isDue ? HeadStart.begin(opened) : undefined;
    try {
      const result = await workOnce(opened, { isDue, isFirst, headStart });
      if (result !== undefined) return result;
    } finally {
      await headStart?.giveUp();
    }
  }
}

interface Attempt {
  /** Whether the stages have anything to do. */
  readonly isDue: boolean;
  readonly isFirst: boolean;
  readonly headStart: HeadStart | undefined;
}

/** `undefined` where something that was done turns out to be damaged, and is to be done again. */
async function workOnce(opened: OpenedRun, { isDue, isFirst, headStart }: Attempt): Promise<RunResult | undefined> {
  const { config, context } = opened;
  const isTask = opened.chosen.description.task !== undefined;
  const meters = isDue ? await workOff(opened) : undefined;
  if (config.mode === 'merge') await Promise.all([opened.changed('midi'), opened.changed('text')]);
  context.lost?.throwIfAborted();
  // What a task has is not read by a merge of its own, in which damage would show.
  if (isTask && meters === undefined && !context.signal.aborted && (await mendStages(opened))) return undefined;
  // Loaded here, because what is above needs none of it to begin.
  const [{ writeOutputs }, { finishUpdate }, { nameDamagedOutputs }] = await Promise.all([
    import('./outputs/write-outputs.ts'),
    import('./update/finish-update.ts'),
    import('./open/name-damaged-outputs.ts'),
  ]);
  if (isFirst) await nameDamagedOutputs(config.outputDir, context);
  try {
    const result = await writeOutputs(mergedRun(opened), meters, headStart);
    await finishUpdate(opened, result);
    return result;
  } catch (error) {
    // A segment whose damage shows only when it is read: what it held is done again.
    if (config.mode === 'merge' || !(await dropDamagedSegments(error, opened))) throw error;
    return undefined;
  }
}

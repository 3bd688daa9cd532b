import { earlierFiles, moveStage } from '../../checkpoint/earlier-stage.ts';
import { nodeFileSystem } from '../../checkpoint/file-system.ts';
import type { UsedPlace } from '../../checkpoint/open-stage-store.ts';
import { readStage, type StageReading } from '../../checkpoint/read-stage.ts';
import { reopenRecovered } from '../../checkpoint/reopen-stage.ts';
import { setAside } from '../../checkpoint/set-aside.ts';
import { StageCopy } from '../../checkpoint/stage-copy.ts';
import { stageFiles } from '../../checkpoint/stage-files.ts';
import type { Fingerprint } from '../../config/fingerprint.ts';
import type { RunConfig } from '../../config/run-config.ts';
import type { Plan } from '../../manifest/plan.ts';
import type { RunDescription } from '../../run-directory/run-description.ts';
import { runFilesOf, STAGES, type StageName } from '../../run-directory/run-files.ts';
import type { Chosen } from '../choose/choose.ts';
import { rememberRun } from '../choose/remember-run.ts';
import { retryLost } from '../open/retry-pairs.ts';
import type { RunContext } from '../run-events.ts';
import { carryRequests } from './carry-requests.ts';
import { type ForeseenUpdate, foreseeUpdate } from './foresee-update.ts';
import type { UpdatePlan } from './update-plan.ts';

export interface UpdateStart {
  readonly config: RunConfig;
  readonly chosen: Chosen;
  readonly context: RunContext;
  readonly secondPlace: UsedPlace | undefined;
  readonly sessionId: string;
  /** What decides the records now. */
  readonly asked: Readonly<Record<StageName, Fingerprint>>;
  /** The manifest as it is now, which knows its hash at these marks. */
  readonly planAt: (marks: readonly number[]) => Promise<Plan>;
}

/** An update that is under way. */
export interface BegunUpdate {
  readonly plan: UpdatePlan;
  readonly description: RunDescription;
  /** Stages that stay in their place: of these, pairs whose outcome is not kept are made once more. */
  readonly inPlace: ReadonlySet<StageName>;
}

/**
 * Begins an update under the run's lock: decides what is kept, and moves the stages that cannot go on as they are aside, where their
 * records are taken from. Nothing is changed before everything is decided. From then on `run.json` says that an update is under way, so that
 * one that is stopped at any moment is gone on with by the next call.
 */
export async function beginUpdate(start: UpdateStart): Promise<BegunUpdate> {
  const { config, chosen, context } = start;
  const { description } = chosen;
  const tell = (message: string): void => context.emit({ type: 'notice', message });
  const unfinished = description.update?.moving ?? {};
  const { checkpoints } = runFilesOf(config);
  for (const stage of STAGES) {
    const number = unfinished[stage];
    if (number !== undefined) await moveAside(checkpoints[stage], number, start);
  }
  const { plan, before, moved } = await foreseeUpdate({
    config,
    asked: start.asked,
    inPlace: { midi: await readInPlace('midi', start), text: await readInPlace('text', start) },
    planAt: start.planAt,
    tell,
    onBadSegment: async ({ file, present, reason }) => {
      tell(`${file} is damaged (${reason}); the pairs in it are done again`);
      if (present) await setAside(file, 'corrupt', nodeFileSystem);
    },
  });
  const inPlace = new Set(STAGES.filter((stage) => before[stage].aside.length === 0 && !moved.has(stage)));
  if (moved.size === 0 && description.update === undefined) return { plan, description, inPlace };
  await move({ plan, before, moved }, start);
  return { plan, description: { ...description, update: { moving: {} } }, inPlace };
}

/** The stages that cannot go on go aside; those that an earlier session had moved only need what was asked for of their pairs. */
async function move({ plan, before, moved }: ForeseenUpdate, start: UpdateStart): Promise<void> {
  const { config, chosen, context } = start;
  const { description, tokenizerFile } = chosen;
  const moving = { ...description.update?.moving };
  for (const stage of moved.keys()) moving[stage] = before[stage].nextNumber;
  await rememberRun(config, { ...description, update: { moving } }, tokenizerFile);
  for (const stage of STAGES) {
    const number = moving[stage];
    if (number === undefined) continue;
    const { files, aside } = before[stage];
    const there = earlierFiles(files, number);
    const reading = moved.get(stage) ?? aside.at(-1)?.reading;
    if (moved.has(stage)) await moveAside(files.checkpoint, number, start);
    plan.outcomes[stage].moveLatest(there);
    if (reading === undefined) continue;
    const unknown = await carryRequests(there, files, reading, plan.places[stage]);
    if (unknown > 0) {
      const message = `${unknown} pairs that were never to be tried had not been come to, and are not known any more: skip them again`;
      context.emit({ type: 'notice', message });
    }
  }
  await rememberRun(config, { ...description, update: { moving: {} } }, tokenizerFile);
}

async function moveAside(checkpointFile: string, number: number, { secondPlace, context }: UpdateStart): Promise<void> {
  const files = stageFiles(checkpointFile);
  context.lost?.throwIfAborted();
  // What is there must not be brought back from there: it is of the manifest before.
  if (secondPlace !== undefined) {
    await new StageCopy(files, secondPlace.place, secondPlace.notify, nodeFileSystem).setAside();
  }
  await moveStage(files, earlierFiles(files, number), nodeFileSystem);
}

/** The stage as it lies there; what is damaged is put right first, as far as it can be. */
async function readInPlace(stage: StageName, start: UpdateStart): Promise<StageReading | undefined> {
  const { config, context, secondPlace, sessionId } = start;
  const file = runFilesOf(config).checkpoints[stage];
  const reading = await readStage(file);
  const isSound = reading === undefined || (reading.bad.length === 0 && reading.passedOver === undefined);
  // A stage that goes on is put right when it is opened.
  if (isSound || config.mode !== 'update') return reading;
  const opened = await reopenRecovered(file, sessionId, context.log, secondPlace);
  if (opened === undefined) return undefined;
  const { store, recovered } = opened;
  for (const { message } of recovered) context.emit({ type: 'notice', message });
  if (recovered.some(({ code }) => code === 'lost_segments')) await retryLost(store);
  await store.settleCopy();
  return readStage(file);
}

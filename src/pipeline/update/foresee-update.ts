import type { StageReading } from '../../checkpoint/read-stage.ts';
import type { Fingerprint } from '../../config/fingerprint.ts';
import type { RunConfig } from '../../config/run-config.ts';
import type { Plan } from '../../manifest/plan.ts';
import { runFilesOf, STAGES, type StageName } from '../../run-directory/run-files.ts';
import type { OnBadSegment } from './earlier-outcomes.ts';
import { isOutOfDate, type StageBefore, sourcesOf, stageBefore } from './earlier-stages.ts';
import { planUpdate } from './plan-update.ts';
import type { UpdatePlan } from './update-plan.ts';

export interface UpdateQuestion {
  readonly config: RunConfig;
  /** What decides the records now. */
  readonly asked: Readonly<Record<StageName, Fingerprint>>;
  readonly inPlace: Readonly<Record<StageName, StageReading | undefined>>;
  /** The manifest as it is now, which knows its hash at these marks. */
  readonly planAt: (marks: readonly number[]) => Promise<Plan>;
  readonly tell: (message: string) => void;
  readonly onBadSegment: OnBadSegment;
  readonly signal?: AbortSignal | undefined;
}

export interface ForeseenUpdate {
  readonly plan: UpdatePlan;
  readonly before: Readonly<Record<StageName, StageBefore>>;
  /** Stages that cannot go on as they are: they are moved aside, and their records taken from there. */
  readonly moved: ReadonlyMap<StageName, StageReading>;
}

/** What an update would do, or does. Changes nothing. */
export async function foreseeUpdate(question: UpdateQuestion): Promise<ForeseenUpdate> {
  const { config, asked, inPlace, tell, onBadSegment, signal } = question;
  const { checkpoints } = runFilesOf(config);
  const before = {
    midi: await stageBefore(checkpoints.midi, inPlace.midi, tell),
    text: await stageBefore(checkpoints.text, inPlace.text, tell),
  };
  const plan = await question.planAt(STAGES.map((stage) => (inPlace[stage]?.lastIndex ?? -1) + 1));
  const moved = new Map<StageName, StageReading>();
  for (const stage of STAGES) {
    const reading = inPlace[stage];
    if (config.mode !== 'update' || reading === undefined) continue;
    if (await isOutOfDate(reading, plan, asked[stage])) moved.set(stage, reading);
  }
  const earlier = { midi: sourcesOf(before.midi, moved.has('midi')), text: sourcesOf(before.text, moved.has('text')) };
  const update = await planUpdate({ config, plan, earlier, fingerprints: asked, onBadSegment, signal });
  for (const stage of STAGES) {
    const reading = inPlace[stage];
    // Else the next update would look for rows by the ids that they had.
    if (config.mode === 'update' && reading !== undefined && before[stage].aside.length === 0) {
      if (update.renamed.has(stage)) moved.set(stage, reading);
    }
  }
  return { plan: update, before, moved };
}

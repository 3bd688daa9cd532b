import { earlierFiles, earlierNumbers } from '../../checkpoint/earlier-stage.ts';
import { nodeFileSystem } from '../../checkpoint/file-system.ts';
import { readStage, type StageReading } from '../../checkpoint/read-stage.ts';
import { type StageFiles, stageFiles } from '../../checkpoint/stage-files.ts';
import type { Fingerprint } from '../../config/fingerprint.ts';
import { CheckpointError, messageOf } from '../../errors.ts';
import type { Plan } from '../../manifest/plan.ts';
import type { EarlierStage } from './earlier-outcomes.ts';

/** A stage with what an update may take records from. */
export interface StageBefore {
  readonly files: StageFiles;
  /** Those that updates moved aside and have not done with, the earliest first. */
  readonly aside: readonly EarlierStage[];
  /** The one in its place; `undefined` where none is. */
  readonly inPlace: StageReading | undefined;
  /** The number under which the next one is moved aside. */
  readonly nextNumber: number;
}

export async function stageBefore(
  checkpointFile: string,
  inPlace: StageReading | undefined,
  tell: (message: string) => void,
): Promise<StageBefore> {
  const files = stageFiles(checkpointFile);
  const numbers = await earlierNumbers(files, nodeFileSystem);
  const aside: EarlierStage[] = [];
  for (const number of numbers) {
    const there = earlierFiles(files, number);
    try {
      const reading = await readStage(there.checkpoint);
      if (reading !== undefined) aside.push({ files: there, reading });
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      tell(`what ${there.checkpoint} had is made again: ${messageOf(error)}`);
    }
  }
  return { files, aside, inPlace, nextNumber: (numbers.at(-1) ?? 0) + 1 };
}

/** Whether a stage cannot go on as it is: it was made by other options, or of pairs that stood elsewhere. */
export async function isOutOfDate(
  { checkpoint: { fingerprint, plan: noted }, lastIndex }: StageReading,
  plan: Plan,
  asked: Fingerprint,
): Promise<boolean> {
  if (fingerprint.id !== asked.id) return true;
  const done = lastIndex + 1;
  if (done === 0) return false;
  return plan.hashAt(done) !== noted.hash_at_last && (await plan.byteHashAt(done)) !== noted.hash_at_last;
}

/** What records are taken from: also from the stage in its place, unless an update is making it. */
export function sourcesOf({ aside, inPlace, files }: StageBefore, isMoved: boolean): readonly EarlierStage[] {
  const takesFromPlace = inPlace !== undefined && (isMoved || aside.length === 0);
  return takesFromPlace ? [...aside, { reading: inPlace, files }] : aside;
}

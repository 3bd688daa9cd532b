import { join } from 'node:path';
import type { RunConfig } from '../config/run-config.ts';
import type { Tasks } from './tasks-file.ts';

export type StageName = 'midi' | 'text';

/** Where a run keeps its things. */
export interface RunFiles {
  readonly directory: string;
  /** The stages' checkpoints; everything else of a stage lies beside its checkpoint. */
  readonly checkpoints: Readonly<Record<StageName, string>>;
  /** Set where the run is worked off in tasks, each in a run directory of its own. */
  readonly tasks?: Tasks | undefined;
}

export const STAGES: readonly StageName[] = ['midi', 'text'];

/** The name of a stage's checkpoint unless the user gives another. */
export function defaultCheckpointName(stage: StageName): string {
  return `${stage}_checkpoint.json`;
}

/** The files of a run directory with the default names. */
export function defaultRunFiles(directory: string): RunFiles {
  const fileOf = (stage: StageName): string => join(directory, defaultCheckpointName(stage));
  return { directory, checkpoints: { midi: fileOf('midi'), text: fileOf('text') } };
}

type Paths = Pick<RunConfig, 'outputDir' | 'midiCheckpoint' | 'textCheckpoint'>;

export function runFilesOf({ outputDir, midiCheckpoint, textCheckpoint }: Paths): RunFiles {
  return { directory: outputDir, checkpoints: { midi: midiCheckpoint, text: textCheckpoint } };
}

import { Option } from 'commander';
import { STAGES, type StageName } from '../../run-directory/run-files.ts';

export interface StageFlag {
  readonly stage?: StageName;
}

/** The stages that are meant. */
export function stagesOf({ stage }: StageFlag): readonly StageName[] {
  return stage === undefined ? STAGES : [stage];
}

/** `--stage midi|text`; both where it is left out. */
export function stageFlag(help: string): Option {
  return new Option('--stage <STAGE>', help).choices(STAGES);
}

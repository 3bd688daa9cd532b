import { Option } from 'commander';
import type { StageName } from '../../pipeline/run-events.ts';
import { STAGES } from '../../pipeline/run-files.ts';

export interface StageFlag {
  readonly stage?: StageName;
}

/** `--stage midi|text`; both where it is left out. */
export function stageFlag(help: string): Option {
  return new Option('--stage <STAGE>', help).choices(STAGES);
}

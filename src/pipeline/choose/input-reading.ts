import type { RunConfig } from '../../config/run-config.ts';
import type { InputReading } from '../../inputs/stage-input.ts';
import { inputOptionsOf } from '../../manifest/input-options.ts';
import type { Plan } from '../../manifest/plan.ts';

/** How a run reads its inputs. */
export function inputReadingOf(config: RunConfig, { encoding }: Plan): InputReading {
  return { encoding, textOptional: inputOptionsOf(config).textOptional ?? false };
}

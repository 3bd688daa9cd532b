import type { Fingerprint } from './checkpoint-file.ts';
import type { JsonObject } from './json.ts';

/** The part of the input this stage works on, as the checkpoint shows it. */
export interface PlanIdentity {
  readonly inputFile: string;
  /** How the manifest was read; free to choose, shown and kept. */
  readonly fields: JsonObject;
  /** Index of the first pair of this shard: 0 for a whole run. */
  readonly firstIndex: number;
}

/** Whose checkpoint it is: the same for every save of a session. */
export interface StageSession {
  readonly stage: string;
  readonly sessionId: string;
  readonly plan: PlanIdentity;
  readonly fingerprint: Fingerprint;
}

/** What every segment of a stage has in common. */
export interface StageIdentity {
  readonly stage: string;
  readonly fingerprint: string;
  /** Index of the first pair of this shard. */
  readonly firstIndex: number;
}

export function identityOf({ stage, fingerprint, plan }: StageSession): StageIdentity {
  return { stage, fingerprint: fingerprint.id, firstIndex: plan.firstIndex };
}

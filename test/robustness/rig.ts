/** What a rig tried and what it found: one row of the table in `docs/reliability.md`. */
export interface RigReport {
  readonly fault: string;
  readonly tried: string;
  /** `nothing` where every try held. */
  readonly found: string;
}

export interface RigSize {
  /** From 0 to 1: how much of the full form to run. */
  readonly share: number;
  readonly seed: number;
}

export type Rig = (size: RigSize) => Promise<RigReport>;

/** What a rig tried and what it found: one row of the table in `docs/reliability.md`. */
export interface RigReport {
  readonly fault: string;
  readonly tried: string;
  /** One sentence for each try that did not hold. */
  readonly problems: readonly string[];
  /** Why nothing was tried: this machine cannot. */
  readonly skipped?: string;
}

export interface RigSize {
  /** From 0 to 1: how much of the full form to run. */
  readonly share: number;
  readonly seed: number;
}

export type Rig = (size: RigSize) => Promise<RigReport>;

/** So many of a full form's tries belong to a share of it: one at least. */
export function shareOf(full: number, { share }: RigSize): number {
  return Math.max(1, Math.ceil(full * share));
}

export function skippedRig(fault: string, reason: string): RigReport {
  return { fault, tried: 'nothing', problems: [], skipped: reason };
}

/** The third column of the table. */
export function foundText({ problems, skipped }: RigReport): string {
  if (skipped !== undefined) return `skipped: ${skipped}`;
  if (problems.length === 0) return 'nothing';
  const more = problems.length > 5 ? `; and ${problems.length - 5} more` : '';
  return problems.slice(0, 5).join('; ') + more;
}

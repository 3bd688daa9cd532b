import type { Plan } from './plan.ts';
import type { PlanPart } from './plan-part.ts';

/** A part of a plan that was opened with marks at both of its ends; `undefined` where the manifest is shorter. */
export function partOf(plan: Plan, { first, end }: Pick<PlanPart, 'first' | 'end'>): PlanPart | undefined {
  const [hash, link] = [plan.hashAt(end), plan.linkAt(first)];
  return hash === undefined || link === undefined ? undefined : { first, end, hash, link };
}

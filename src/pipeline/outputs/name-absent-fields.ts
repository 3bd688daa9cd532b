import type { Plan } from '../../manifest/plan.ts';
import type { FiltersFacts } from '../../quality/filter-counts.ts';
import { METADATA_PREFIX } from '../../quality/filter-fields.ts';
import type { RunContext } from '../run-events.ts';

const LOOKED_AT = 100;

/** Says which filters found their field of the manifest in no row, and the fields there are: a name was mistyped, as a rule. */
export async function nameAbsentFields(filters: FiltersFacts | null, plan: Plan, { emit }: RunContext): Promise<void> {
  const absent = (filters?.filters ?? []).filter(
    ({ filter, absent: count }) => filter.startsWith(METADATA_PREFIX) && count > 0 && count === filters?.rows,
  );
  if (absent.length === 0) return;
  const known = await firstFields(plan);
  const which = absent.map(({ filter }) => filter).join(', ');
  const there = known.length === 0 ? 'the manifest has no other fields' : `the first rows have ${known.join(', ')}`;
  emit({ type: 'notice', message: `no row has the field of ${which}, and all are rejected; ${there}` });
}

async function firstFields(plan: Plan): Promise<readonly string[]> {
  for await (const { pairs } of plan.batches(0, LOOKED_AT)) {
    const names = new Set(pairs.flatMap(({ metadata }) => Object.keys(metadata)));
    return [...names].map((name) => METADATA_PREFIX + name);
  }
  return [];
}

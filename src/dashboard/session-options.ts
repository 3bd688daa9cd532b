import type { SessionStart } from '../run-directory/session-log.ts';
import type { OptionView } from './wire.ts';

/** The options of the latest session, and what they were in those before where they were others. */
export function optionsOf(starts: readonly SessionStart[]): readonly OptionView[] {
  const told = starts.filter(({ options }) => options !== undefined);
  const names = new Set(told.flatMap(({ options }) => Object.keys(options ?? {})));
  return [...names].sort().map((name) => {
    const values = told.map(({ session_id, options }) => ({ session_id, value: textOf(options?.[name]) })).reverse();
    const [now, ...earlier] = values;
    const value = now?.value ?? DEFAULT;
    let after = value;
    const before = earlier.filter((each) => {
      const isOther = each.value !== after;
      after = each.value;
      return isOther;
    });
    return { name, value, before };
  });
}

/** What `run.json` does not name is as it is by default. */
const DEFAULT = 'default';

function textOf(value: unknown): string {
  if (value === undefined || value === null) return DEFAULT;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const FORMS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^(\d+)$/, [60]],
  [/^(\d+):(\d\d)$/, [60, 1]],
  [/^(\d+):(\d\d):(\d\d)$/, [3600, 60, 1]],
  [/^(\d+)-(\d+)$/, [86_400, 3600]],
  [/^(\d+)-(\d+):(\d\d)$/, [86_400, 3600, 60]],
  [/^(\d+)-(\d+):(\d\d):(\d\d)$/, [86_400, 3600, 60, 1]],
];

/** A time limit as sbatch takes it, in seconds; `undefined` for what is none. `04:00` are four minutes. */
export function timeLimitSeconds(text: string): number | undefined {
  for (const [form, units] of FORMS) {
    const found = form.exec(text)?.slice(1);
    if (found !== undefined) return found.reduce((sum, part, at) => sum + Number(part) * (units[at] ?? 0), 0);
  }
  return undefined;
}

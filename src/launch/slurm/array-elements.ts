/** How tasks are spread over the elements of a job array: element `e` works off the tasks `e`, `e + step`, `e + 2 step`. */
export interface ArrayPlan {
  readonly step: number;
  /** As `sbatch --array` takes them: `0-3,7`. */
  readonly elements: string;
}

/** @param wanted - the tasks to be worked off. @param maxElements - Slurm's MaxArraySize: one more than the largest number. */
export function planArray(tasks: number, wanted: Iterable<number>, maxElements: number): ArrayPlan {
  const step = Math.min(tasks, maxElements);
  const elements = [...new Set([...wanted].map((task) => task % step))].sort((a, b) => a - b);
  return { step, elements: rangesOf(elements) };
}

function rangesOf(numbers: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range !== undefined && range.last === number - 1) range.last = number;
    else ranges.push({ first: number, last: number });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

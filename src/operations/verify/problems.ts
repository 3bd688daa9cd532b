/** As many as help to see what is wrong. */
const SHOWN = 20;

export interface Problems {
  readonly count: number;
  /** The first ones. */
  readonly first: readonly string[];
}

export async function collectProblems(found: AsyncIterable<string>): Promise<Problems> {
  const first: string[] = [];
  let count = 0;
  for await (const problem of found) {
    if (count++ < SHOWN) first.push(problem);
  }
  return { count, first };
}

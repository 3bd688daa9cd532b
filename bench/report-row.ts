import { appendFileSync } from 'node:fs';

/** Names the file that `bench/every.ts` gathers rows in. */
export const ROWS_FILE = 'MIDILOOM_BENCH_ROWS';

/** A figure that was promised. */
export interface BenchRow {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  readonly goal: Goal;
}

export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** Prints a figure for whoever runs the benchmark, and hands it over where all are gathered. */
export function reportRow(row: BenchRow): void {
  console.log(rowText(row));
  const file = process.env[ROWS_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}

/** A line of the table. */
export function rowText({ name, figure, unit, goal }: BenchRow): string {
  const promised = 'atLeast' in goal ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`;
  const text = `${figure.toPrecision(3)} ${unit}`.trimEnd();
  return `${name.padEnd(64)} ${text.padStart(14)}  ${isReached({ figure, goal }) ? 'ok  ' : 'MISS'} (${promised})`;
}

export function isReached({ figure, goal }: Pick<BenchRow, 'figure' | 'goal'>): boolean {
  return 'atLeast' in goal ? figure >= goal.atLeast : figure <= goal.atMost;
}

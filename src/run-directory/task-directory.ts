import { basename, dirname, join } from 'node:path';

/** Digits that numbers are filled up to, so that names sort as the tasks do. */
const DIGITS = 5;
const NAME = /^(\d{5,})-of-(\d{5,})$/;

/** Which task of how many: from 0. */
export interface TaskNumber {
  readonly number: number;
  readonly of: number;
}

/** `00003-of-00016` for the fourth of sixteen. */
export function taskName({ number, of }: TaskNumber): string {
  return `${padded(number)}-of-${padded(of)}`;
}

/** Where a task of a run keeps its things: an ordinary run directory. */
export function taskDirectory(runDirectory: string, task: TaskNumber): string {
  return join(runDirectory, 'tasks', taskName(task));
}

/** The run that such a directory is of, and which task it is; `undefined` for any other directory. */
export function runOfTask(directory: string): { readonly directory: string; readonly task: TaskNumber } | undefined {
  const [, number, of] = NAME.exec(basename(directory)) ?? [];
  const above = dirname(directory);
  if (number === undefined || of === undefined || basename(above) !== 'tasks') return undefined;
  return { directory: dirname(above), task: { number: Number(number), of: Number(of) } };
}

function padded(number: number): string {
  return String(number).padStart(DIGITS, '0');
}

import type { Resources } from '../resources.ts';

/** What Slurm is told of the jobs. */
export interface SbatchSettings extends Resources {
  /** As `sbatch --time`: `04:00:00`. */
  readonly time: string | undefined;
  readonly partition: string | undefined;
  /** How many elements of the array may be at work at the same time. */
  readonly arrayLimit: number | undefined;
  /** More options of sbatch, as they would stand on its command line. */
  readonly sbatchArgs: string | undefined;
}

/** The lines that both jobs have. */
export function commonDirectives({ cpus, mem, time, partition, sbatchArgs }: SbatchSettings): readonly string[] {
  return [
    ...(cpus === undefined ? [] : [`--cpus-per-task=${cpus}`]),
    ...(mem === undefined ? [] : [`--mem=${mem}`]),
    ...(time === undefined ? [] : [`--time=${time}`]),
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    '--open-mode=append',
    '--requeue',
    ...(sbatchArgs === undefined ? [] : [sbatchArgs]),
  ].map((words) => `#SBATCH ${words}`);
}

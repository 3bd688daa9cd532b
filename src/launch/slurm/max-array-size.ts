import { MidiloomError } from '../../errors.ts';
import { runSlurm } from './run-slurm.ts';

/** What Slurm has where nobody set it. */
const DEFAULT = 1001;

/** One more than the largest number that an element of a job array may have here. */
export async function maxArraySize(): Promise<number> {
  try {
    const [, found] = /^MaxArraySize\s*=\s*(\d+)\s*$/m.exec(await runSlurm('scontrol', ['show', 'config'])) ?? [];
    return found === undefined ? DEFAULT : Number(found);
  } catch (error) {
    // Whoever only looks at the scripts needs no Slurm; whoever submits them is told by sbatch.
    if (error instanceof MidiloomError) return DEFAULT;
    throw error;
  }
}

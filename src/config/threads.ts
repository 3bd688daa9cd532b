import { availableParallelism } from 'node:os';

/** How many threads an option asks for; `auto`: one for each core that this process may use. */
export function threadsOf(option: number | 'auto'): number {
  return option === 'auto' ? availableParallelism() : option;
}

import { WorkSpace } from '../midi/work-space.ts';

/** Serves one call at a time of what describes a score, such as `extractFeatures`, which takes arrays that differ in length from file to file. */
export const scratch = new WorkSpace();

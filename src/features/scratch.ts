import { WorkSpace } from '../midi/work-space.ts';

/** Serves one call at a time of what describes a score, such as `extractFeatures`, which takes some forty arrays. */
export const scratch = new WorkSpace();

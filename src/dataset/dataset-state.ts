import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetFolder } from './dataset-place.ts';

/** Whether a run directory has a data set; `partial`: of what was done when it was asked for. */
export type DatasetState = 'absent' | 'partial' | 'complete';

/** By its recipe; the folder takes its place whole. */
export async function datasetState(outputDir: string): Promise<DatasetState> {
  try {
    const recipe: unknown = JSON.parse(await readFile(join(datasetFolder(outputDir), 'recipe.json'), 'utf8'));
    const isPartial = typeof recipe === 'object' && recipe !== null && 'partial' in recipe && recipe.partial === true;
    return isPartial ? 'partial' : 'complete';
  } catch {
    return 'absent'; // why it cannot be read is for `verify` to say
  }
}

import type { JsonObject } from '../checkpoint/json.ts';
import type { DatasetPlace } from './dataset-place.ts';
import { checkTarget } from './dataset-place.ts';
import { OutputFolder, type WrittenFile } from './output-folder.ts';
import { publish, restorePrevious } from './publish.ts';
import { jsonText } from './recipe.ts';
import { type RowsInput, writeRows } from './write-rows.ts';

export interface ExportedFiles {
  readonly directory: string;
  readonly rows: number;
  /** What `SHA256SUMS` lists, and itself last. */
  readonly files: readonly WrittenFile[];
}

/**
 * Writes the rows of a run as another program reads them (`input.writers`): to a folder beside `place`, which takes its place whole. With
 * them go the lists of what has no row, `recipe.json`, and the checksums.
 *
 * @throws as `mergeDataset`.
 */
export async function writeExport(input: RowsInput, recipe: JsonObject, place: DatasetPlace): Promise<ExportedFiles> {
  await restorePrevious(place);
  await checkTarget(place);
  const folder = await OutputFolder.create(place.unfinished);
  try {
    const { files, splits, copies } = await writeRows(folder, input);
    const all = [...files, await folder.write('recipe.json', jsonText(recipe))].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    );
    const sums = await folder.write('SHA256SUMS', all.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''));
    await publish(place);
    const rows = splits.reduce((sum, split) => sum + split.rows, 0) - copies;
    return { directory: place.given, rows, files: [...all, sums] };
  } catch (error) {
    await folder.abandon(false);
    throw error;
  }
}

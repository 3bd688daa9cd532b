import type { FileSystem } from '../checkpoint/file-system.ts';
import type { JsonObject } from '../checkpoint/json.ts';
import type { CurationFacts } from '../stats/curation-facts.ts';
import type { DatasetFacts, DatasetSummary } from '../stats/dataset-summary.ts';
import { cardText } from './card.ts';
import { checkTarget, type DatasetPlace, datasetPlace } from './dataset-place.ts';
import { hfTokenizerFiles } from './hf-tokenizer.ts';
import { OutputFolder, type WrittenFile } from './output-folder.ts';
import { publish, restorePrevious } from './publish.ts';
import { recipeText } from './recipe.ts';
import { type LateCopies, type RowsInput, writeRows } from './write-rows.ts';

export interface MergeInput extends RowsInput {
  /** The run directory; the data set is its folder `dataset`, or what that is a link to. */
  readonly outputDir: string;
  /** The text of `tokenizer.json`. */
  readonly tokenizerJson: string;
  /** The text of `vocabulary.json`. */
  readonly vocabularyJson: string;
  /** Everything that decides the results; no clock, host, worker count or path of the run directory. */
  readonly recipe: JsonObject;
  /** SPDX identifier or what else the user says; `undefined` leaves it out of the card. */
  readonly license?: string | undefined;
  /** Whether the unfinished folder stays after a failure. */
  readonly keepTemp?: boolean | undefined;
  /** For tests of faults. */
  readonly fileSystem?: FileSystem | undefined;
}

export interface MergeResult {
  readonly directory: string;
  readonly rows: number;
  /** Pairs that failed in at least one stage. */
  readonly failedPairs: number;
  /** Pairs that a stage has not come to yet; 0 unless partial. */
  readonly pendingPairs: number;
  /** What `SHA256SUMS` lists, sorted, and itself last; of the format miditok its own list of checksums. */
  readonly files: readonly WrittenFile[];
  readonly bytes: number;
  readonly summary: DatasetSummary;
  /** What the summary says. */
  readonly facts: DatasetFacts;
  readonly curation: CurationFacts;
  /** What `onRow` was not told. */
  readonly lateCopies: LateCopies | undefined;
}

/**
 * Writes the data set: joins plan and stages by index, streams the rows to all writers at once, and finds the copies before or after; but for the
 * search for copies memory does not grow with the rows. Everything goes to a folder beside the data set, which takes its place at the end, so that a stop at any moment
 * leaves the data set before, and the merge can be run again. The bytes depend on the records, the plan and the options alone.
 *
 * @param place - where it goes, if not to the run directory.
 * @throws CheckpointError `records_pending` where pairs are pending and `partial` is false; what the record streams throw.
 * @throws ConfigError `format_needs_embeddings` for the format npy where a text has no embedding.
 * @throws StorageError when the file system refuses.
 * @throws the signal's reason when it is aborted.
 */
export async function mergeDataset(
  input: MergeInput,
  place: DatasetPlace = datasetPlace(input.outputDir),
): Promise<MergeResult> {
  await restorePrevious(place, input.fileSystem);
  await checkTarget(place);
  const folder = await OutputFolder.create(place.unfinished, input.fileSystem);
  try {
    const written = await writeDataset(folder, input);
    await publish(place, input.fileSystem);
    return { ...written, directory: place.given };
  } catch (error) {
    await folder.abandon(input.keepTemp ?? false);
    throw error;
  }
}

async function writeDataset(folder: OutputFolder, input: MergeInput): Promise<Omit<MergeResult, 'directory'>> {
  const written = await writeRows(folder, input);
  const { summary, curation, files: rowFiles } = written;
  const pairs = {
    total: input.total,
    rows: summary.rows - written.copies,
    failed: summary.failedPairs,
    pending: summary.pendingPairs,
    rejected: curation.filters?.rejected ?? 0,
    dropped: curation.duplicates.dropped,
  };
  const rows = written.splits.reduce((sum, split) => sum + split.rows, 0);
  const facts = summary.facts();
  const card = { ...input, ...written, options: input.curation, pairs, facts };
  const described = [
    await folder.write('tokenizer.json', input.tokenizerJson),
    await folder.write('vocabulary.json', input.vocabularyJson),
    await folder.write('recipe.json', recipeText({ ...input, pairs, rows })),
    await folder.write('README.md', cardText(card)),
  ];
  for (const [name, text] of hfTokenizerFiles(input.tokens.vocabulary)) {
    described.push(await folder.write(`hf_tokenizer/${name}`, text));
  }
  const files = [...rowFiles, ...described].sort((a, b) => (a.path < b.path ? -1 : 1));
  const sums = await folder.write('SHA256SUMS', files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''));
  return {
    rows: pairs.rows,
    failedPairs: pairs.failed,
    pendingPairs: pairs.pending,
    files: [...files, sums],
    bytes: [...files, sums].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    summary,
    facts,
    curation,
    lateCopies: written.lateCopies,
  };
}

import { existsSync } from 'node:fs';
import { readStatus } from '../../checkpoint/read-status.ts';
import { checkSums, fileProblemText } from '../../dataset/check-sums.ts';
import { datasetFolder } from '../../dataset/dataset-place.ts';
import { CheckpointError, ConfigError } from '../../errors.ts';
import { type InputOptions, inputOptionsOf } from '../../manifest/input-options.ts';
import { openPlan } from '../../manifest/open-plan.ts';
import type { Plan } from '../../manifest/plan.ts';
import { filesOf, type RunPlace } from '../../run-directory/locate-run.ts';
import { readRunDescription } from '../../run-directory/run-description.ts';
import type { RunFiles } from '../../run-directory/run-files.ts';
import type { OperationContext } from '../operation-context.ts';
import { refuseTask } from '../tasks/refuse-task.ts';
import { validateStages } from '../validate-run.ts';
import { checkEmbeddings } from './check-embeddings.ts';
import { checkHiddenStates } from './check-hidden-states.ts';
import { checkInputs, type InputsCheck } from './check-inputs.ts';
import { checkPacked } from './check-packed.ts';
import { checkPairs, type PairCheck } from './check-pairs.ts';
import type { RowRules } from './check-row.ts';
import { collectProblems, type Problems } from './problems.ts';
import { type RecipeFacts, readRecipe, readVocabularySizes } from './read-recipe.ts';
import { findRowSources } from './rows/find-row-sources.ts';

export interface VerifyOptions {
  /** By default the one that the run remembers, or that its checkpoints name. */
  readonly inputFile?: string | undefined;
  /** Where relative paths of MIDI and text files start; by default as the run remembers, else the manifest's folder. */
  readonly midiRoot?: string | undefined;
  /** Whether these may lead out of it; by default as the run remembers. */
  readonly allowOutside?: boolean | undefined;
}

export interface Verification {
  readonly verified: boolean;
  readonly dataset: string;
  readonly inputFile: string;
  /** Whether pairs may be missing, as the data set says of itself. */
  readonly partial: boolean;
  readonly rows: number;
  /** How far each format could be looked at: every row, the numbers of a matrix, or no further than its checksums. */
  readonly formats: Readonly<Record<string, 'rows' | 'numbers' | 'checksums'>>;
  readonly checks: {
    /** Every file is as `SHA256SUMS` says. */
    readonly checksums: Problems;
    /** Both stages' chains are whole. */
    readonly checkpoints: Problems;
    /**
     * Every pair is once in the rows or in a list that says why not, as the checkpoints have it; every caption is the manifest's,
     * every token id in the vocabulary, every vector as long as the others, every number finite, every row in the file of its split.
     */
    readonly pairs: Problems;
    /** Every MIDI and caption file that is there is what its row was made from. */
    readonly inputs: Problems;
  };
  /** Files that are not there any more: nothing could be said of what was made from them. */
  readonly inputsGone: number;
}

/**
 * Checks a data set against its checksums, its checkpoints and its manifest. Reads everything and changes nothing.
 *
 * @throws ConfigError `no_dataset`, `no_checkpoint`, or what is wrong with the manifest.
 */
export async function verifyRun(
  run: RunPlace,
  options: VerifyOptions = {},
  { signal }: OperationContext = {},
): Promise<Verification> {
  const files = await filesOf(run);
  await refuseTask(files.directory, 'data set');
  const dataset = datasetFolder(files.directory);
  if (!existsSync(dataset)) throw new ConfigError('no_dataset', `${dataset} is not there`);
  const remembered = (await readRunDescription(files.directory))?.options ?? {};
  const inputFile = options.inputFile ?? remembered.inputFile ?? (await manifestOf(files));
  const input = inputOptionsOf(remembered);
  const access = {
    midiRoot: options.midiRoot ?? remembered.midiRoot,
    allowOutside: options.allowOutside ?? remembered.allowOutside ?? false,
    signal,
  };
  const plan = await openNamedPlan({ ...input, inputFile }, options.inputFile === undefined);
  const recipe = await readRecipe(dataset);
  const sources = await findRowSources(dataset);
  const checksums = await collectProblems(checksumProblems(dataset, signal));
  const checkpoints = await collectProblems(checkpointProblems(files, signal));
  // Rows that are not as they were written need not be looked at, and may not even be read.
  const found = { rows: recipe.rows ?? 0 };
  const vocabulary = await readVocabularySizes(dataset);
  const seen: RowRules['seen'] = { dimensions: undefined };
  const pairs = await collectProblems(
    pairProblems(recipe, {
      ...access,
      files,
      dataset,
      plan,
      sources,
      partial: recipe.partial,
      vocabulary,
      areArrivals: recipe.areArrivals,
      seen,
      found,
    }),
  );
  const gone = { files: 0 };
  const inputs = await collectProblems(inputProblems({ ...access, files, plan, gone }));
  const verified = [checksums, checkpoints, pairs, inputs].every(({ count }) => count === 0);
  return {
    verified,
    dataset,
    inputFile,
    partial: recipe.partial,
    rows: found.rows,
    formats: howFar(recipe, sources),
    checks: { checksums, checkpoints, pairs, inputs },
    inputsGone: gone.files,
  };
}

function howFar({ formats }: RecipeFacts, sources: ReadonlyMap<string, unknown>): Verification['formats'] {
  const names = [...new Set([...formats, ...sources.keys()])];
  return Object.fromEntries(
    names.map((name) => [
      name,
      sources.has(name) ? 'rows' : name === 'npy' || name === 'packed' ? 'numbers' : 'checksums',
    ]),
  );
}

/** A manifest that only the run directory names may be any file of this machine: what is in it is not shown. */
async function openNamedPlan(input: InputOptions, byRunDirectory: boolean): Promise<Plan> {
  try {
    return await openPlan(input);
  } catch (error) {
    if (!byRunDirectory || !(error instanceof ConfigError)) throw error;
    throw new ConfigError(
      error.code,
      `The manifest that the run directory names, ${input.inputFile}, cannot be read as one; give it by --input_file to see why.`,
    );
  }
}

async function* pairProblems(recipe: RecipeFacts, check: PairCheck): AsyncGenerator<string> {
  yield* checkPairs(check);
  // The format miditok lists windows by pair.
  const rows = recipe.hasRowPerWindow ? (recipe.rows ?? 0) : check.found.rows;
  yield* checkEmbeddings({
    dataset: check.dataset,
    rows,
    dimensions: check.seen.dimensions,
  });
  yield* checkHiddenStates(check.dataset, rows);
  yield* checkPacked(check.dataset, check.vocabulary?.[0]);
}

/** Where segments are damaged, the checkpoints' check says so. */
async function* inputProblems(check: InputsCheck): AsyncGenerator<string> {
  try {
    yield* checkInputs(check);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
  }
}

async function* checksumProblems(dataset: string, signal: AbortSignal | undefined): AsyncGenerator<string> {
  for await (const problem of checkSums(dataset, signal)) yield fileProblemText(dataset, problem);
}

async function* checkpointProblems(files: RunFiles, signal: AbortSignal | undefined): AsyncGenerator<string> {
  const { stages } = await validateStages(files, signal);
  for (const { checkpoint, state, problem } of Object.values(stages)) {
    if (state === 'absent') yield `${checkpoint} is not there`;
    else if (problem !== null) yield `${checkpoint}: ${problem}`;
  }
}

async function manifestOf({ directory, checkpoints }: RunFiles): Promise<string> {
  for (const file of Object.values(checkpoints)) {
    const found = await readStatus(file);
    if (found.kind === 'valid') return found.checkpoint.plan.input_file;
  }
  throw new ConfigError('no_checkpoint', `${directory} has no checkpoint that names the manifest; give --input_file`);
}

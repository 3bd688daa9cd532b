import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { IndexSet } from '../../checkpoint/index-set.ts';
import { wellFormed } from '../../dataset/well-formed.ts';
import { messageOf } from '../../errors.ts';
import type { Pair } from '../../manifest/pair.ts';
import type { Plan } from '../../manifest/plan.ts';
import { readContainedFile } from '../../manifest/read-contained-file.ts';
import type { RunFiles } from '../../run-directory/run-files.ts';
import { pairStates } from '../pair-states.ts';
import { type RowSource, rowSources } from './dataset-rows.ts';

export interface PairCheck {
  readonly files: RunFiles;
  readonly dataset: string;
  readonly plan: Plan;
  readonly partial: boolean;
  readonly midiRoot: string | undefined;
  readonly allowOutside: boolean;
  /** Told how many rows the data set has. */
  readonly found: { rows: number };
}

const BATCH_PAIRS = 512;
const MAX_TEXT_BYTES = 1024 * 1024 * 1024;

/** Yields what is wrong with the pairs of a data set. Holds a few bits a pair. */
export async function* checkPairs(check: PairCheck): AsyncGenerator<string> {
  const { dataset, plan } = check;
  const lists = await readLists(dataset, plan.total);
  const sources = await rowSources(dataset);
  if (sources.size === 0)
    yield `${dataset} has no rows in a format that can be read back (parquet, jsonl, jsonl.gz, json)`;
  for (const [format, ofFormat] of sources) {
    const rows = new IndexSet(0);
    for (const source of ofFormat) yield* checkRows(source, rows, check);
    check.found.rows = rows.size;
    for (let index = 0; index < plan.total; index++) {
      const places = [rows, lists.failed, lists.leftOut].filter((set) => set.has(index)).length;
      if (places > 1) yield `pair ${index} is among the rows of ${format} and in a list of those left out`;
      if (places === 0 && !check.partial)
        yield `pair ${index} is neither among the rows of ${format} nor in a list of those left out`;
    }
    yield* checkAgainstCheckpoints(check.files, rows, lists, format);
  }
}

/** Rows ascend by index within a source, so that the manifest is walked beside them. */
async function* checkRows(source: RowSource, seen: IndexSet, check: PairCheck): AsyncGenerator<string> {
  const { plan } = check;
  const captions = new CaptionCursor(check);
  let last = -1;
  try {
    for await (const { index, text } of source.rows()) {
      if (!Number.isSafeInteger(index) || index < 0 || index >= plan.total) {
        yield `${source.name} has a row of pair ${index}; the manifest has ${plan.total} pairs`;
        continue;
      }
      if (seen.has(index)) yield `pair ${index} is twice among the rows (${source.name})`;
      seen.set(index, true);
      if (index <= last) {
        yield `${source.name} has pair ${index} after pair ${last}`;
        continue;
      }
      last = index;
      if ((await captions.at(index)) !== text)
        yield `the caption of pair ${index} in ${source.name} is not the manifest's`;
    }
  } catch (error) {
    yield `${source.name} cannot be read: ${messageOf(error)}`;
  } finally {
    await captions.close();
  }
}

/** The manifest's captions, asked for with ascending indices. */
class CaptionCursor {
  readonly #batches: AsyncGenerator<{ readonly first: number; readonly pairs: readonly Pair[] }>;
  readonly #root: string;
  readonly #access: { readonly allowOutside: boolean; readonly maxBytes: number };
  #batch: { readonly first: number; readonly pairs: readonly Pair[] } = { first: 0, pairs: [] };

  constructor({ plan, midiRoot, allowOutside }: PairCheck) {
    this.#batches = plan.batches(0, BATCH_PAIRS);
    this.#root = midiRoot ?? plan.defaultMidiRoot;
    this.#access = { allowOutside, maxBytes: MAX_TEXT_BYTES };
  }

  /** `undefined` where the pair has none, or its text file cannot be read any more. */
  async at(index: number): Promise<string | undefined> {
    while (index >= this.#batch.first + this.#batch.pairs.length) {
      const next = await this.#batches.next();
      if (next.done === true) return undefined;
      this.#batch = next.value;
    }
    const pair = this.#batch.pairs[index - this.#batch.first];
    const text = pair?.text ?? (pair?.textFile === undefined ? undefined : this.#textOf(pair.textFile));
    return text === undefined ? undefined : wellFormed(text);
  }

  async close(): Promise<void> {
    await this.#batches.return(undefined);
  }

  #textOf(textFile: string): string | undefined {
    const file = readContainedFile(this.#root, textFile, { ...this.#access, knownFolders: new Map() });
    return file.ok ? new TextDecoder().decode(file.bytes) : undefined;
  }
}

interface Lists {
  readonly failed: IndexSet;
  /** Rejected by a filter, or a copy of a pair that is a row. */
  readonly leftOut: IndexSet;
}

interface Entry {
  readonly index: number;
  /** In `duplicates.jsonl`: the pair that is a row in the place of this one. */
  readonly kept?: unknown;
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'index' in value && typeof value.index === 'number';
}

async function readLists(dataset: string, total: number): Promise<Lists> {
  const failed = new IndexSet(0);
  const leftOut = new IndexSet(0);
  const isKnown = ({ index }: Entry): boolean => Number.isSafeInteger(index) && index >= 0 && index < total;
  const isDropped = (entry: Entry): boolean => isKnown(entry) && (entry.kept ?? null) !== null;
  await readIndexes(join(dataset, 'failures.jsonl'), failed, isKnown);
  await readIndexes(join(dataset, 'rejected.jsonl'), leftOut, isKnown);
  await readIndexes(join(dataset, 'duplicates.jsonl'), leftOut, isDropped);
  return { failed, leftOut };
}

/** A list that is absent or damaged is the business of the checksums. */
async function readIndexes(file: string, into: IndexSet, counts: (entry: Entry) => boolean): Promise<void> {
  if (!existsSync(file)) return;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    try {
      const entry: unknown = JSON.parse(line);
      if (isEntry(entry) && counts(entry)) into.set(entry.index, true);
    } catch {
      // Not the line that was written, and so not its checksum.
    }
  }
}

/** A row is a pair that both stages have a result for; a failure one that a stage has none for. */
async function* checkAgainstCheckpoints(
  files: RunFiles,
  rows: IndexSet,
  { failed, leftOut }: Lists,
  format: string,
): AsyncGenerator<string> {
  for await (const { index, state } of pairStates(files)) {
    const isCompleted = state === 'completed';
    if (rows.has(index) && !isCompleted)
      yield `pair ${index} is among the rows of ${format}, and ${state} by the checkpoints`;
    if (failed.has(index) && isCompleted) yield `pair ${index} is in failures.jsonl, and completed by the checkpoints`;
    if (isCompleted && !rows.has(index) && !leftOut.has(index) && !failed.has(index)) {
      yield `pair ${index} is completed by the checkpoints, and not in the data set`;
    }
  }
}

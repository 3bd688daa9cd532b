import type { JsonObject } from '../../checkpoint/json.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { threadsOf } from '../../config/threads.ts';
import type { CuratedRow } from '../../dataset/dataset-row.ts';
import type { OutputFile } from '../../dataset/output-folder.ts';
import type { CreateWriter } from '../../dataset/writers/row-writer.ts';
import { createEncoderClient } from '../../engine/encoder-client.ts';
import { openMidiPool } from '../../engine/midi-pool.ts';
import { retryTransient } from '../../engine/retry-transient.ts';
import { whenNeeded } from '../../engine/when-needed.ts';
import { fetchMidi } from '../../manifest/fetched-file.ts';
import type { Plan } from '../../manifest/plan.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';
import type { BatchResult } from '../../worker/batch-result.ts';
import type { ChangeJob } from '../../worker/midi-messages.ts';
import { encoderSource } from '../choose/encoder-source.ts';
import { midiWorkerSettings } from '../work/midi-worker-settings.ts';
import { type AugmentedRow, type AugmentingRules, augmentedRows } from './augmented-rows.ts';

/** Makes copies of the rows of an export, and says of which there are fewer than were asked for. */
export interface Augmenter {
  readonly rows: (rows: AsyncIterable<CuratedRow>) => AsyncIterable<CuratedRow>;
  /** Writes `augmentation.jsonl`: a line for each row that has fewer copies. */
  readonly writer: CreateWriter;
  readonly counts: () => AugmentationCounts;
  /** What a recipe says of it. */
  readonly recipe: JsonObject;
  close(): Promise<void>;
}

export interface AugmentationCounts {
  readonly copies: number;
  /** Rows that have fewer copies than were asked for. */
  readonly short: number;
  /** Of them those whose file could not be read, or is another now. */
  readonly unread: number;
}

export interface AugmenterInput {
  readonly config: RunConfig;
  readonly plan: Plan;
  /** What the records were tokenized with. */
  readonly tokenizer: TokenizerConfig;
  readonly rules: AugmentingRules;
  readonly signal: AbortSignal | undefined;
}

const LIST = 'augmentation.jsonl';
const FIRST_PAUSE_MS = 250;

/** The workers start when there is something for them; the text encoder where a caption was rewritten. */
export function openAugmenter({ config, plan, tokenizer, rules, signal }: AugmenterInput): Augmenter {
  const workers = threadsOf(config.workers);
  const taskTimeoutMs = config.taskTimeout * 1000;
  const root = config.midiRoot ?? plan.defaultMidiRoot;
  const never = signal ?? new AbortController().signal;
  const ofWorkers = midiWorkerSettings(config, { midiRoot: root, tokenizer, cache: undefined });
  const pool = openMidiPool(ofWorkers, { workers, taskTimeoutMs });
  const { allowOutside, maxFileBytes } = ofWorkers;
  const access = { allowOutside, maxFileBytes };
  const encoder = whenNeeded(async () => {
    const source = await encoderSource(config, plan, { emit: () => {}, signal: never });
    const settings = { ...access, textRoot: root, textOptional: true, encoding: config.encoding, cache: undefined };
    return createEncoderClient(
      { ...settings, encoder: await source.open(), embeddingPrecision: config.embeddingPrecision },
      { taskTimeoutMs, onNotice: () => {} },
    );
  });
  const retry = { maxRetries: config.maxRetries, firstPauseMs: FIRST_PAUSE_MS, signal: never };
  const reading = { ...access, maxBytes: maxFileBytes, knownFolders: new Map() };
  const changeFetched = async (jobs: readonly ChangeJob[]): Promise<BatchResult> =>
    pool.run(await Promise.all(jobs.map(async (job) => ({ ...job, fetched: await fetchMidi(job, root, reading) }))));
  const work = {
    changeMidi: retryTransient(changeFetched, retry),
    encodeTexts: retryTransient(encoder.run, retry),
    window: 2 * workers,
  };
  const counts = { copies: 0, short: 0, unread: 0 };
  let list: OutputFile | undefined;
  const noteShort = async (augmented: AugmentedRow): Promise<void> => {
    const { row, copies, error, ...reasons } = augmented;
    const asked = rules.splits.includes(row.split) ? rules.copies : 0;
    const isShort =
      asked === 'all' ? error !== undefined || reasons.failed + reasons.filtered > 0 : copies.length < asked;
    if (!isShort) return;
    counts.short++;
    if (error !== undefined) counts.unread++;
    const { index, id } = row.pair;
    const line = { index, id, asked, copies: copies.length, ...reasons, error: error ?? null };
    await list?.write(Buffer.from(`${JSON.stringify(line)}\n`));
  };
  return {
    async *rows(rows) {
      for await (const augmented of augmentedRows(rows, rules, work)) {
        await noteShort(augmented);
        counts.copies += augmented.copies.length;
        yield augmented.row;
        yield* augmented.copies;
      }
    },
    writer: async ({ folder }) => {
      const file = await folder.create(LIST);
      list = file;
      return { add: async () => {}, finish: async () => [await file.close()] };
    },
    counts: () => counts,
    recipe: recipeOf(rules),
    close: async () => {
      await Promise.all([pool.close(), encoder.close()]);
    },
  };
}

function recipeOf({ grid, copies, captions, splits, seed }: AugmentingRules): JsonObject {
  const { transpose, tempo, velocity } = grid;
  return {
    changes: { transpose: [...transpose], tempo: [...tempo], velocity: [...velocity] },
    copies,
    captions,
    splits: [...splits],
    seed,
  };
}

/**
 * Whether what rows were made from is still what it was. Size and times of a file are looked at first; only where these are
 * others is its content compared with what the row says of it, unless all contents are asked for.
 */
import type { MadeFrom } from '../checkpoint/stage-reader.ts';
import { isSameStamp, NO_FILE } from '../manifest/file-stamp.ts';
import { inputStamp } from '../manifest/input-stamp.ts';
import type { Pair } from '../manifest/pair.ts';
import type { Plan } from '../manifest/plan.ts';
import type { CaptionAccess } from '../worker/read-caption.ts';
import type { StageInput } from './stage-input.ts';

/** A pair whose file is not what its outcome was made from. */
export interface InputChange {
  readonly index: number;
  /** As the manifest names it. */
  readonly file: string;
  /** `gone`: it cannot be read any more; what was made from it may be kept. */
  readonly kind: 'changed' | 'gone';
}

export interface InputCheck {
  readonly plan: Plan;
  /** Where relative paths start. */
  readonly root: string;
  readonly access: CaptionAccess;
  /** `auto`: contents only where size or times are others; pairs of which these were not noted are passed over. */
  readonly how: 'auto' | 'all';
  /** Pairs after this one are left out. */
  readonly lastIndex: number;
  readonly signal?: AbortSignal | undefined;
}

/** Of a stage as it is read, or as it is open. */
export interface MadeStage {
  madeFrom(): AsyncGenerator<MadeFrom>;
  recordsOf(indices: ReadonlySet<number>): Promise<ReadonlyMap<number, Uint8Array>>;
}

/** Files whose sizes and times are looked at together, and records that are in memory at most. */
const TOGETHER = 256;
const BATCH_PAIRS = 512;

/**
 * The pairs whose input changed since they were made, in index order; ends early where the signal is aborted. Holds the records of
 * some hundred doubtful pairs.
 */
export async function* inputChanges(
  stage: MadeStage,
  input: StageInput,
  check: InputCheck,
): AsyncGenerator<InputChange> {
  let group: Candidate[] = [];
  for await (const candidate of candidates(stage, input, check)) {
    if (group.push(candidate) < TOGETHER) continue;
    if (check.signal?.aborted) return;
    yield* changesOf(group, stage, input, check);
    group = [];
  }
  yield* changesOf(group, stage, input, check);
}

interface Candidate {
  readonly pair: Pair;
  readonly file: string;
  /** `undefined`: not noted. */
  readonly stamp: Uint8Array | undefined;
  readonly ok: boolean;
}

/** The pairs that were made from a file, as far as they are to be looked at. */
async function* candidates(
  stage: MadeStage,
  input: StageInput,
  { plan, how, lastIndex }: InputCheck,
): AsyncGenerator<Candidate> {
  const pairs = new PairCursor(plan);
  try {
    for await (const { index, stamp, ok } of stage.madeFrom()) {
      if (index > lastIndex) return;
      const noted = stamp === undefined || isSameStamp(stamp, NOTHING_READ) ? undefined : stamp;
      // A failure whose file is not known tells nothing that could be compared.
      if (noted === undefined && (how === 'auto' || !ok)) continue;
      const pair = await pairs.at(index);
      const file = pair === undefined ? undefined : input.fileOf(pair);
      if (pair !== undefined && file !== undefined) yield { pair, file, stamp: noted, ok };
    }
  } finally {
    await pairs.close();
  }
}

async function* changesOf(
  group: readonly Candidate[],
  stage: MadeStage,
  { contentOf }: StageInput,
  { root, access, how }: InputCheck,
): AsyncGenerator<InputChange> {
  const seen = await Promise.all(
    group.map(async (each) => ({ ...each, now: await inputStamp(root, each.file, access) })),
  );
  const isGone = (now: Uint8Array | undefined): boolean => now === undefined || isSameStamp(now, NO_FILE);
  const isDoubtful = ({ stamp, now, ok }: (typeof seen)[number]): boolean =>
    (how === 'all' && ok) || stamp === undefined || now === undefined || !isSameStamp(stamp, now);
  const doubtful = seen.filter(isDoubtful);
  const compared = doubtful.filter(({ ok, now }) => ok && !isGone(now)).map(({ pair }) => pair.index);
  const records = compared.length === 0 ? new Map() : await stage.recordsOf(new Set(compared));
  for (const { pair, file, ok, now } of doubtful) {
    const { index } = pair;
    const record = records.get(index);
    const found =
      isGone(now) || (ok && record === undefined)
        ? 'gone'
        : ok
          ? await contentOf(pair, record, root, access)
          : 'changed';
    if (found !== 'same') yield { index, file, kind: found };
  }
}

const NOTHING_READ = new Uint8Array(NO_FILE.length);

/** The manifest's pairs, asked for with ascending indices; not opened before the first. */
class PairCursor {
  readonly #plan: Plan;
  #batches: AsyncGenerator<{ readonly first: number; readonly pairs: readonly Pair[] }> | undefined;
  #batch: { readonly first: number; readonly pairs: readonly Pair[] } = { first: 0, pairs: [] };

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  async at(index: number): Promise<Pair | undefined> {
    this.#batches ??= this.#plan.batches(0, BATCH_PAIRS);
    while (index >= this.#batch.first + this.#batch.pairs.length) {
      const next = await this.#batches.next();
      if (next.done === true) return undefined;
      this.#batch = next.value;
    }
    return this.#batch.pairs[index - this.#batch.first];
  }

  async close(): Promise<void> {
    await this.#batches?.return(undefined);
  }
}

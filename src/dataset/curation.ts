import { BitSet } from '../manifest/bit-set.ts';
import { FilterCounts } from '../quality/filter-counts.ts';
import { judgeRow } from '../quality/judge-row.ts';
import { type Filter, needsMetadata } from '../quality/parse-filters.ts';
import { assignSplit } from '../similarity/assign-split.ts';
import { chooseKept, type Dedupe, type KeptChoice } from '../similarity/choose-kept.ts';
import type { DuplicateGroups } from '../similarity/duplicate-groups.ts';
import type { SplitShare } from '../similarity/split-shares.ts';
import { SplitsOfGroups } from '../similarity/splits-of-groups.ts';
import type { CurationFacts, DuplicatesFacts } from '../stats/curation-facts.ts';
import { LossCounts } from '../stats/loss-counts.ts';
import { readSketch, unpackMidiRecord } from '../worker/midi-record.ts';
import { unpackTextRecord } from '../worker/text-record.ts';
import { CaptionCheck, checkCaption } from './caption-check.ts';
import { CopySearch } from './copy-search.ts';
import type { CuratedRow, DatasetRow } from './dataset-row.ts';
import { factsOfRow } from './facts-of-row.ts';
import { finishedInBoth, type StageSources } from './finished-in-both.ts';
import { type PairBatch, PairCursor } from './pair-cursor.ts';

/** What the user wants of the rows: which go where, and which not at all. None of it changes a record. */
export interface CurationOptions {
  /** At least one. */
  readonly splits: readonly SplitShare[];
  readonly seed: number;
  readonly dedupe: Dedupe;
  readonly filters: readonly Filter[];
  /** Names of all splits, where the manifest's own are kept; rows that name none are drawn. */
  readonly keptSplits?: readonly string[] | undefined;
}

/** Names of the splits that rows may be in. */
export function splitNames({ keptSplits, splits }: CurationOptions): readonly string[] {
  return keptSplits ?? splits.map(({ name }) => name);
}

export interface CurationInput extends StageSources {
  /** Pairs of the plan. */
  readonly total: number;
  /** Each call reads the plan's pairs from the first, a batch at a time. */
  readonly pairs: () => AsyncIterable<PairBatch>;
  readonly curation: CurationOptions;
  /** Index of the first pair of a pair's record: its captions are kept or dropped together. */
  readonly firstOfRecord?: ((index: number) => number) | undefined;
  /** Where a temporary file goes that the search for copies may need; by default where the system has them. */
  readonly scratchFolder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** `rejected` by a filter, or `dropped` because a copy of it is a row. */
export type Fate = 'row' | 'rejected' | 'dropped';

/**
 * Looks through the records once, before any row is written, and finds the copies among the pairs that both stages have
 * a result for. Holds less than 64 bytes for each different file (`DuplicateSearch`); what it does not hold is in a temporary file.
 *
 * Of a group the best of those stays that pass the filters, so that no filter empties a group that has something to
 * give; only then the records are unpacked here. Groups and splits do not depend on the filters.
 *
 * @throws StorageError when the file system refuses that.
 */
export async function curate(input: CurationInput): Promise<Curation> {
  const search = new CopySearch(input.total, input.scratchFolder);
  try {
    return await searchAndChoose(input, search);
  } finally {
    search.close();
  }
}

async function searchAndChoose(input: CurationInput, search: CopySearch): Promise<Curation> {
  const { total, curation, signal, firstOfRecord = (index: number) => index } = input;
  const { filters, dedupe } = curation;
  const isRejected = new Uint8Array(total);
  const mustJudge = dedupe !== 'none' && filters.length > 0;
  const manifest = mustJudge && needsMetadata(filters) ? new PairCursor(input.pairs()) : undefined;
  try {
    for await (const { index, midi, text } of finishedInBoth(input)) {
      signal?.throwIfAborted();
      search.add(index, readSketch(midi));
      if (!mustJudge) continue;
      const metadata = (await manifest?.take(index))?.metadata ?? {};
      const row = { pair: { metadata }, midi: unpackMidiRecord(midi), text: unpackTextRecord(text) };
      isRejected[index] = Number(!judgeRow(filters, factsOfRow(row, checkCaption(row).agreement)).passed);
    }
  } finally {
    await manifest?.close();
  }
  const groups = search.groups();
  const choice = { isCandidate: (index: number) => isRejected[index] === 0, firstOfRecord };
  return new Curation(input, { groups, kept: chooseKept(groups, dedupe, choice) });
}

/** Copies among the pairs of a run. */
export interface FoundCopies {
  readonly groups: DuplicateGroups;
  readonly kept: KeptChoice;
}

/**
 * Whether rows may be written before their copies are known: none is dropped for another, all are in one split wherever their copies are,
 * and none is listed with its group as rejected.
 */
export function mayFindCopiesLater({ splits, keptSplits, dedupe, filters }: CurationOptions): boolean {
  return dedupe === 'none' && splits.length === 1 && keptSplits === undefined && filters.length === 0;
}

/** Decides about one row after the other, and counts. */
export class Curation {
  #copies: FoundCopies | undefined;
  readonly #options: CurationOptions;
  readonly #filterCounts = new FilterCounts();
  readonly #captions = new CaptionCheck();
  readonly #losses = new LossCounts();
  readonly #firstOfRecord: (index: number) => number;
  /** Only where splits are kept: drawn ones never part a group. */
  readonly #splitsOfGroups: SplitsOfGroups | undefined;

  /** @param copies - may be found when all rows are decided about, see `mayFindCopiesLater`; no row has a group then. */
  constructor({ curation, firstOfRecord }: Pick<CurationInput, 'curation' | 'firstOfRecord'>, copies?: FoundCopies) {
    this.#options = curation;
    this.#firstOfRecord = firstOfRecord ?? ((index) => index);
    this.#copies = copies;
    const keepsSplits = curation.keptSplits !== undefined && copies !== undefined;
    this.#splitsOfGroups = keepsSplits ? new SplitsOfGroups(copies.groups.capacity) : undefined;
  }

  /** What the pairs that were decided about are copies of. */
  find(copies: FoundCopies): void {
    this.#copies = copies;
  }

  get copies(): FoundCopies {
    if (this.#copies === undefined) throw new Error('the copies are not known yet');
    return this.#copies;
  }

  /** Key of the group that a pair is in; `null` where it has no copy, or none is known yet. */
  groupOf(index: number): string | null {
    const groups = this.#copies?.groups;
    return groups !== undefined && groups.sizeOf(index) > 1 ? groups.keyOf(index) : null;
  }

  /** To be called once for each row, in the order of the manifest. */
  decide(row: DatasetRow): { readonly fate: Fate; readonly row: CuratedRow } {
    const { keptSplits, filters } = this.#options;
    const { index } = row.pair;
    const duplicateGroup = this.groupOf(index);
    const agreement = this.#captions.add(index, row);
    const verdict = filters.length === 0 ? undefined : judgeRow(filters, factsOfRow(row, agreement));
    if (verdict !== undefined) this.#filterCounts.add(verdict);
    const fate =
      verdict?.passed === false ? 'rejected' : this.#copies?.kept.insteadOf(index) !== undefined ? 'dropped' : 'row';
    const split = (keptSplits === undefined ? undefined : row.pair.split) ?? this.#drawnSplit(index);
    if (fate === 'row') this.#splitsOfGroups?.add(this.copies.groups.firstOf(index), split);
    if (fate === 'row') this.#losses.add(index, row.pair.midiFile, row.midi.metadata);
    return { fate, row: { ...row, split, duplicateGroup, agreement, verdict } };
  }

  /** Groups of copies whose rows are in more than one split. */
  get groupsAcrossSplits(): number {
    return this.#splitsOfGroups?.across ?? 0;
  }

  /** Whether two pairs are captions of one piece, and so no copies of each other. */
  isSameRecord(index: number, other: number): boolean {
    return this.#firstOfRecord(index) === this.#firstOfRecord(other);
  }

  #drawnSplit(index: number): string {
    const { splits, seed } = this.#options;
    const [first] = splits;
    if (first !== undefined && splits.length === 1) return first.name;
    return assignSplit(this.copies.groups.keyOf(index), seed, splits);
  }

  /** @param splits - rows of each split. */
  facts(splits: Readonly<Record<string, number>>): CurationFacts {
    const filters = this.#options.filters.length === 0 ? null : this.#filterCounts.facts();
    const captions = this.#captions.facts();
    const duplicates = duplicatesFacts(this);
    return { splits, duplicates, filters, captions, losses: this.#losses.facts() };
  }
}

function duplicatesFacts(curation: Curation): DuplicatesFacts {
  const { groups, kept } = curation.copies;
  const links = { exact: 0, notes: 0, transposed: 0, near: 0 };
  const firsts = new BitSet();
  let [found, pairs] = [0, 0];
  for (const { index, of, kind } of groups.links()) {
    if (curation.isSameRecord(index, of)) continue;
    links[kind] += 1;
    const first = groups.firstOf(index);
    if (firsts.has(first)) continue;
    firsts.add(first);
    found += 1;
    pairs += groups.sizeOf(first);
  }
  return {
    groups: found,
    pairs,
    links,
    turned_away: groups.turnedAway,
    dropped: kept.dropped,
    across_splits: curation.groupsAcrossSplits,
  };
}

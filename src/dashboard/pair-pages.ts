import { setTimeout as pause } from 'node:timers/promises';
import type { StageView } from '../checkpoint/followed-stage.ts';
import { type PickedRecord, RecordPicker } from '../checkpoint/record-picker.ts';
import { CheckpointError } from '../errors.ts';
import type { Pair } from '../manifest/pair.ts';
import { type PairStateName, type StageSituation, stateInStage, worstOf } from '../operations/pair-state.ts';
import { indexSetOf } from '../run-directory/exemptions.ts';
import { STAGES, type StageName } from '../run-directory/run-files.ts';
import { unpackMidiRecord } from '../worker/midi-record.ts';
import { unpackTextRecord } from '../worker/text-record.ts';
import type { FollowedRun, RunNow, StageNow } from './followed-run.ts';
import type { ManifestPairs } from './manifest-pairs.ts';
import type { PairSpan } from './run-registry.ts';
import type { FailurePage, FailureRow, PairPage, PairRow, StagePairState } from './wire.ts';

/** A part of the pairs. */
export interface PairQuery {
  readonly state: PairStateName | undefined;
  readonly from: number;
  readonly limit: number;
}

/** Which failures, from which pair on. */
export interface FailureQuery {
  readonly code: string;
  readonly from: number;
  readonly limit: number;
}

/** What a pair is, and what is known of it. */
export interface PickedPair {
  readonly index: number;
  /** Of which run; of one in tasks the task. */
  readonly followed: FollowedRun;
  readonly pair: Pair | undefined;
  readonly records: Readonly<Record<StageName, PickedRecord | undefined>>;
  readonly states: Readonly<Record<StageName, StagePairState>>;
}

interface Picked {
  readonly inputFile: string | undefined;
  /** Behind the last pair of the run. */
  readonly end: number;
  readonly pairs: readonly PickedPair[];
}

/** A large manifest is read once before its pairs have names; rows are shown without them meanwhile. */
const PATIENCE_MS = 500;

/** Pairs by page, by index, and by the code that they failed with. */
export interface PairSource {
  page(query: PairQuery): Promise<PairPage>;
  /** @returns `undefined` where there is no such pair. */
  one(index: number): Promise<PickedPair | undefined>;
  failures(query: FailureQuery): Promise<FailurePage>;
}

/** Single pairs of a run, read by their indices, however many it has. */
export class PairPages implements PairSource {
  readonly #followed: FollowedRun;
  readonly #span: PairSpan | undefined;
  readonly #pickers: Readonly<Record<StageName, RecordPicker>>;
  readonly #manifest: ManifestPairs;
  readonly #progress = new Map<StageName, StageView['progress'] | undefined>();
  /** Indices of the pairs in a state, as long as nothing changes. */
  #found: { readonly key: string; readonly indices: Uint32Array } | undefined;

  /** @param span - the pairs that fell to a task; of another run they are known by its checkpoints. */
  constructor(followed: FollowedRun, manifest: ManifestPairs, span?: PairSpan) {
    this.#followed = followed;
    this.#manifest = manifest;
    this.#span = span;
    const { checkpoints } = followed.run.files;
    this.#pickers = { midi: new RecordPicker(checkpoints.midi), text: new RecordPicker(checkpoints.text) };
  }

  async page({ state, from, limit }: PairQuery): Promise<PairPage> {
    const { total, picked } = await this.#followed.look(async (now) => {
      const found = state === undefined ? undefined : this.#inState(now, state);
      const { first, end } = this.#spanOf(now);
      const all = found?.length ?? end - first;
      const count = Math.max(0, Math.min(limit, all - from));
      const indices = Array.from({ length: count }, (_, at) => found?.[from + at] ?? first + from + at);
      return { total: all, picked: await this.#pick(now, indices) };
    });
    const pairs = await this.#named(picked, PATIENCE_MS);
    return { total, from, pairs: (pairs ?? picked.pairs).map(rowOf), is_named: pairs !== undefined };
  }

  async one(index: number): Promise<PickedPair | undefined> {
    const picked = await this.#followed.look((now) => {
      const { first, end } = this.#spanOf(now);
      return index >= first && index < end ? this.#pick(now, [index]) : undefined;
    });
    return picked && (await this.#named(picked))?.[0];
  }

  async failures({ code, from, limit }: FailureQuery): Promise<FailurePage> {
    const { picked, hasMore } = await this.#followed.look(async (now) => {
      const indices = new Set<number>();
      for (const stage of STAGES) {
        let found = 0;
        for (const failed of now.stages[stage].view?.progress.failedPairs ?? []) {
          if (failed.code !== code || failed.index < from) continue;
          indices.add(failed.index);
          if (++found > limit) break;
        }
      }
      const sorted = [...indices].sort((a, b) => a - b);
      return { picked: await this.#pick(now, sorted.slice(0, limit)), hasMore: sorted.length > limit };
    });
    const pairs = (await this.#named(picked)) ?? picked.pairs;
    return { failures: pairs.flatMap((pair) => failuresOf(pair, code)), has_more: hasMore };
  }

  async #pick(now: RunNow, indices: readonly number[]): Promise<Picked> {
    const records = {
      midi: await this.#records('midi', now, indices),
      text: await this.#records('text', now, indices),
    };
    const checkpoint = now.stages.midi.view?.checkpoint ?? now.stages.text.view?.checkpoint;
    const situations = { midi: situationOf(now, 'midi'), text: situationOf(now, 'text') };
    const pairs = indices.map((index): PickedPair => {
      const of = { midi: records.midi.get(index), text: records.text.get(index) };
      const stateOf = (stage: StageName): StagePairState => {
        const record = of[stage];
        const failure = record?.ok === false ? record.failure : undefined;
        const code = codeIn(now.stages[stage], index);
        const state = stateInStage(situations[stage], index, code);
        if (code === undefined) return { state };
        return failure === undefined
          ? { state, code }
          : { state, code, error: failure.error, timestamp: failure.timestamp };
      };
      return {
        index,
        followed: this.#followed,
        pair: undefined,
        records: of,
        states: { midi: stateOf('midi'), text: stateOf('text') },
      };
    });
    return { inputFile: checkpoint?.plan.input_file, end: this.#spanOf(now).end, pairs };
  }

  /** With what the manifest says; `undefined` where reading it takes longer: then the next call has it. */
  async #named({ inputFile, end, pairs }: Picked, patienceMs?: number): Promise<readonly PickedPair[] | undefined> {
    const reading = this.#manifest.pick(
      inputFile,
      end,
      pairs.map(({ index }) => index),
    );
    const found = await (patienceMs === undefined ? reading : Promise.race([reading, pause(patienceMs, undefined)]));
    return found && pairs.map((each) => ({ ...each, pair: samePair(found.get(each.index), each.records) }));
  }

  #records(
    stage: StageName,
    { stages }: RunNow,
    indices: readonly number[],
  ): Promise<ReadonlyMap<number, PickedRecord>> {
    const progress = stages[stage].view?.progress;
    if (this.#progress.get(stage) !== progress) this.#pickers[stage].forget();
    this.#progress.set(stage, progress);
    return this.#pickers[stage].pick(progress?.segments ?? [], indices);
  }

  #spanOf({ stages: { midi, text } }: RunNow): PairSpan {
    if (this.#span !== undefined) return this.#span;
    const checkpoints = [midi.view?.checkpoint, text.view?.checkpoint].flatMap((each) => each ?? []);
    const first = checkpoints[0]?.plan.first_index ?? 0;
    return { first, end: first + Math.max(...checkpoints.map(({ total_files }) => total_files), 0) };
  }

  #inState(now: RunNow, state: PairStateName): Uint32Array {
    const key = `${state} ${now.revision} ${now.running !== null}`;
    if (this.#found?.key !== key) this.#found = { key, indices: indicesIn(now, this.#spanOf(now), state) };
    return this.#found.indices;
  }
}

function indicesIn(now: RunNow, { first, end }: PairSpan, wanted: PairStateName): Uint32Array {
  const { midi, text } = now.stages;
  const situations = { midi: situationOf(now, 'midi'), text: situationOf(now, 'text') };
  const found = new Uint32Array(end - first);
  let count = 0;
  for (let index = first; index < end; index++) {
    const ofMidi = stateInStage(situations.midi, index, codeIn(midi, index));
    const ofText = stateInStage(situations.text, index, codeIn(text, index));
    if (worstOf(ofMidi, ofText) === wanted) found[count++] = index;
  }
  return found.slice(0, count);
}

function situationOf({ stages, running }: RunNow, name: StageName): StageSituation {
  const { view, requests } = stages[name];
  return {
    lastIndex: view?.progress.lastIndex ?? -1,
    missing: view?.progress.missing ?? new Set(),
    requests,
    skipped: indexSetOf(requests.skip),
    inWork: running === null ? [] : (view?.checkpoint.in_progress ?? []),
  };
}

function codeIn({ view }: StageNow, index: number): string | undefined {
  return view?.progress.failedPairs.codeOf(index);
}

/** What the manifest says of a pair, if that is what it said when the pair was made. */
function samePair(pair: Pair | undefined, records: PickedPair['records']): Pair | undefined {
  const hashes = STAGES.flatMap((stage) => records[stage]?.pairHash ?? []);
  return hashes.every((hash) => hash === pair?.hash) ? pair : undefined;
}

function failuresOf({ index, pair, states }: PickedPair, code: string): readonly FailureRow[] {
  return STAGES.flatMap((stage): FailureRow[] => {
    const { state, code: own, error = '', timestamp = null } = states[stage];
    if (own !== code) return [];
    return [{ index, stage, state, error, timestamp, midi_file: pair?.midiFile ?? null, caption: pair?.text ?? null }];
  });
}

export function rowOf({ index, pair, records: { midi, text }, states }: PickedPair): PairRow {
  return {
    index,
    state: worstOf(states.midi.state, states.text.state),
    ...states,
    caption: (text?.ok ? orUndefined(() => unpackTextRecord(text.bytes).text) : undefined) ?? pair?.text ?? null,
    midi_file: pair?.midiFile ?? null,
    tokens: (midi?.ok ? orUndefined(() => unpackMidiRecord(midi.bytes).sequence_length) : undefined) ?? null,
  };
}

/** A record that is damaged says nothing here; `validate` names it. */
function orUndefined<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}

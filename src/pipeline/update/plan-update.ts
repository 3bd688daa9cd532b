import type { Fingerprint } from '../../config/fingerprint.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { StorageError } from '../../errors.ts';
import { inputKey, rowKey } from '../../inputs/pair-keys.ts';
import { MIDI_INPUT, TEXT_INPUT } from '../../inputs/stage-input.ts';
import type { Pair } from '../../manifest/pair.ts';
import type { Plan } from '../../manifest/plan.ts';
import { STAGES, type StageName } from '../../run-directory/run-files.ts';
import { inputReadingOf } from '../choose/input-reading.ts';
import { optionsCause } from './causes.ts';
import { EarlierOutcomes, type EarlierStage, type OnBadSegment } from './earlier-outcomes.ts';
import { findRenamed } from './find-renamed.ts';
import { type Candidate, type InputAccess, judgeInputs, type Verdict } from './judge-inputs.ts';
import { NO_SLOT } from './key-table.ts';
import { matchRows, type RowKeys } from './match-rows.ts';
import { StageDecisions } from './stage-decisions.ts';
import { UpdatePlan } from './update-plan.ts';

export interface UpdateInput {
  readonly config: RunConfig;
  readonly plan: Plan;
  /** Stages that records may be taken from, the earliest first. */
  readonly earlier: Readonly<Record<StageName, readonly EarlierStage[]>>;
  /** What decides the records now. */
  readonly fingerprints: Readonly<Record<StageName, Fingerprint>>;
  readonly onBadSegment: OnBadSegment;
  readonly signal?: AbortSignal | undefined;
}

/** Pairs that are looked at together. */
const BATCH_PAIRS = 512;
const INPUTS = { midi: MIDI_INPUT, text: TEXT_INPUT } as const;

/**
 * Decides for every pair of the manifest, in each stage, whether an earlier outcome is kept: the one that was made from the same input
 * by the same options, wherever it stood. Writes nothing and decodes nothing; looks at every file's size and times. Takes some 150
 * bytes a pair while it works, and 18 after.
 *
 * @throws StorageError `input_gone` where no file is there any more that a result was made from.
 */
export async function planUpdate(input: UpdateInput): Promise<UpdatePlan> {
  const { config, plan, earlier, fingerprints, onBadSegment, signal } = input;
  const outcomes = {
    midi: await EarlierOutcomes.read(earlier.midi, fingerprints.midi.id, onBadSegment),
    text: await EarlierOutcomes.read(earlier.text, fingerprints.text.id, onBadSegment),
  };
  const decisions = { midi: new StageDecisions(plan.total), text: new StageDecisions(plan.total) };
  const now = {
    rows: new BigUint64Array(plan.total),
    midi: new BigUint64Array(plan.total),
    text: new BigUint64Array(plan.total),
  };
  const reading = inputReadingOf(config, plan);
  const access = inputAccess(config, plan);
  const files = { midi: new SeenFiles(), text: new SeenFiles() };
  for await (const { pairs } of plan.batches(0, BATCH_PAIRS, signal)) {
    for (const pair of pairs) now.rows[pair.index] = bigintOf(rowKey(pair, reading));
    for (const stage of STAGES) {
      const candidates = pairs.flatMap((pair): Candidate[] => {
        const key = bigintOf(inputKey(pair, INPUTS[stage], reading));
        now[stage][pair.index] = key;
        const slot = outcomes[stage].find(key);
        return slot === NO_SLOT ? [] : [{ pair, slot }];
      });
      for (const verdict of await judgeInputs(candidates, outcomes[stage], INPUTS[stage], access)) {
        files[stage].add(verdict);
        const { pair, slot, cause } = verdict;
        if (cause === undefined) decisions[stage].keep(pair.index, slot);
        else decisions[stage].make(pair.index, cause);
      }
    }
  }
  for (const stage of STAGES) files[stage].refuseLoss(access.root);
  await findRenamed(plan, outcomes.midi, decisions.midi, now.midi, access);
  const was = matchRows(earlierRows(outcomes), now);
  for (const stage of STAGES) {
    const { options } = fingerprints[stage];
    settle(decisions[stage], stage, { was, now: now[stage], outcomes: outcomes[stage], options });
  }
  const before = Math.max(outcomes.midi.firstLength, outcomes.text.firstLength);
  const places = placesNow(was, before);
  const placesOf = (stage: StageName): Int32Array => {
    if (outcomes[stage].isOne) return places;
    const { rows, inputs } = outcomes[stage].latestKeys();
    const nothing = new BigUint64Array(rows.length);
    const latest = { rows, midi: nothing, text: nothing, [stage]: inputs };
    return placesNow(matchRows(latest, now), rows.length);
  };
  const hasOtherKeys = (stage: StageName): boolean =>
    outcomes[stage].latestKeys().rows.some((key, row) => key !== now.rows[row]);
  const renamed = new Set(STAGES.filter(hasOtherKeys));
  const placesByStage = { midi: placesOf('midi'), text: placesOf('text') };
  for (const stage of STAGES) outcomes[stage].forgetKeys();
  return new UpdatePlan(was, placesByStage, before, decisions, outcomes, renamed);
}

/** Where the rows of a manifest before are now; `NO_SLOT` for those that it does not have any more. */
function placesNow(was: Int32Array, before: number): Int32Array {
  const places = new Int32Array(before).fill(NO_SLOT);
  for (const [index, earlier] of was.entries()) if (earlier !== NO_SLOT) places[earlier] = index;
  return places;
}

/** A drive that is gone must not look like files that were deleted. */
class SeenFiles {
  #there = 0;
  #gone: Pair | undefined;

  add({ pair, file }: Verdict): void {
    if (file === 'there') this.#there++;
    if (file === 'gone') this.#gone ??= pair;
  }

  refuseLoss(root: string): void {
    if (this.#gone === undefined || this.#there > 0) return;
    const name = this.#gone.midiFile ?? this.#gone.textFile;
    throw new StorageError(
      'input_gone',
      `none of the files under ${root} that the results were made from can be read (${name}, …): is a drive or a share no longer ` +
        'there? Nothing was changed. Start the update again when it is back, or say by --midi_root where the files are.',
    );
  }
}

interface Settling {
  readonly was: Int32Array;
  readonly now: BigUint64Array;
  readonly outcomes: EarlierOutcomes;
  readonly options: Fingerprint['options'];
}

/** Says why, where nothing was made from the same input by the same options. */
function settle(decisions: StageDecisions, stage: StageName, { was, now, outcomes, options }: Settling): void {
  const before = outcomes.options;
  const other = before === undefined ? 'not_made' : optionsCause(stage, before, options);
  const changed = stage === 'midi' ? 'file_changed' : 'caption_changed';
  for (const index of decisions.made(now.length)) {
    if (!decisions.isUndecided(index)) continue;
    const slot = was[index] ?? NO_SLOT;
    if (slot === NO_SLOT) decisions.make(index, 'new');
    else if (slot >= outcomes.firstLength || !outcomes.hasOutcome(slot)) decisions.make(index, 'not_made');
    else if (outcomes.inputs[slot] === 0n) decisions.make(index, 'not_noted');
    else decisions.make(index, outcomes.inputs[slot] === now[index] ? other : changed);
  }
}

/** The rows of the manifest before, as far as either stage had come. */
function earlierRows({ midi, text }: Readonly<Record<StageName, EarlierOutcomes>>): RowKeys {
  const length = Math.max(midi.firstLength, text.firstLength);
  const first = (keys: BigUint64Array, { firstLength }: EarlierOutcomes): BigUint64Array => {
    const column = new BigUint64Array(length);
    column.set(keys.subarray(0, firstLength));
    return column;
  };
  const rows = first(text.rows, text);
  for (let row = 0; row < midi.firstLength; row++) if (midi.rows[row] !== 0n) rows[row] = midi.rows[row] ?? 0n;
  return { rows, midi: first(midi.inputs, midi), text: first(text.inputs, text) };
}

function inputAccess(config: RunConfig, plan: Plan): InputAccess {
  const { checkInputs, midiRoot, allowOutside, maxFileMb } = config;
  const maxBytes = Math.floor(maxFileMb * 2 ** 20);
  return {
    root: midiRoot ?? plan.defaultMidiRoot,
    access: { allowOutside, maxBytes, ...inputReadingOf(config, plan), knownFolders: new Map() },
    how: checkInputs,
  };
}

function bigintOf(key: Uint8Array): bigint {
  return new DataView(key.buffer, key.byteOffset, key.byteLength).getBigUint64(0);
}

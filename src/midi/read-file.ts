import { attemptFile, type FileAttempt, type FilePlan, type FileSettings } from './attempt-file.ts';
import { type ChannelMessage, mayNeedMerging, mergeChannels } from './merge-channels.ts';
import { probeTrack, readChannelMessages } from './probe-track.ts';
import { MidiRefusal } from './refusal.ts';
import { RepairLog } from './repairs.ts';
import { salvageChunks } from './salvage-chunks.ts';
import type { Score } from './score.ts';
import { readHeader, type SmfHeader } from './smf-header.ts';
import { type FileChunks, findTrackChunks } from './track-chunks.ts';
import type { Arrival } from './track-plan.ts';

/** Bytes that may be read to find out where tracks end, for each byte of the file. */
const PROBES_PER_BYTE = 8;
const NO_CHUNKS: FileChunks = { tracks: [], others: [], faults: [] };

export interface FileReading {
  readonly score: Score;
  readonly plan: FilePlan;
}

/** What one plan comes to. */
type Result = { readonly plan: FilePlan } & (
  | { readonly attempt: FileAttempt; readonly refusal?: undefined }
  | { readonly attempt?: undefined; readonly refusal: MidiRefusal }
);

/**
 * Reads a file as often as it takes to know how to read it: almost always once. Another reading follows where chunks turn
 * out not to be where they should be, where a track fails by the standard's rule for F7, where tracks speak of each
 * other's channels, and where texts need an encoding.
 */
export function readFile(bytes: Uint8Array, settings: FileSettings): FileReading {
  const header = readHeader(bytes, new RepairLog());
  const chunks = findTrackChunks(bytes, header);
  const encoding = settings.choices.textEncoding;
  const plan = { chunks: chunks ?? NO_CHUNKS, isSalvaged: false, isF7Bare: false, arrivals: undefined, encoding };
  const first = chunks === undefined ? undefined : attempt(bytes, plan, settings);
  if (first?.attempt !== undefined && isSettled(first.attempt)) return { score: first.attempt.score, plan };
  return readAgain(bytes, header, { plan, result: first }, settings);
}

/** Whether one reading was enough. */
function isSettled({ hidesTracks, texts, repairs, uses }: FileAttempt): boolean {
  return !hidesTracks && texts.samples.length === 0 && repairs.count('f7_packet') === 0 && !mayNeedMerging(uses);
}

function readAgain(
  bytes: Uint8Array,
  header: SmfHeader,
  first: { readonly plan: FilePlan; readonly result: Result | undefined },
  settings: FileSettings,
): FileReading {
  let { result } = first;
  if (result === undefined || mayHideTracks(result)) {
    result = attempt(bytes, { ...first.plan, chunks: salvage(bytes, header, settings), isSalvaged: true }, settings);
  }
  if (mayHaveBareF7(bytes, result)) result = better(bytes, result, settings);
  const fuller = fullerPlan(bytes, result, settings);
  if (fuller !== undefined) result = attempt(bytes, fuller, settings);
  if (result.attempt === undefined) throw result.refusal;
  const { score } = result.attempt;
  const { encoding } = result.plan;
  const isForeign = score.repairs.text_encoding !== undefined && encoding !== undefined;
  return { score: isForeign ? { ...score, textEncoding: encoding } : score, plan: result.plan };
}

function attempt(bytes: Uint8Array, plan: FilePlan, settings: FileSettings): Result {
  try {
    return { plan, attempt: attemptFile(bytes, plan, settings) };
  } catch (thrown) {
    if (thrown instanceof MidiRefusal) return { plan, refusal: thrown };
    throw thrown;
  }
}

function isUnreadable({ refusal }: Result): boolean {
  return refusal?.code === 'midi_bad_vlq' || refusal?.code === 'midi_no_running_status';
}

function mayHideTracks(result: Result): boolean {
  return result.attempt?.hidesTracks ?? isUnreadable(result);
}

const END_OF_SYSEX = 0xf7;

/** Whether a file fails that has F7 somewhere. */
function mayHaveBareF7(bytes: Uint8Array, result: Result): boolean {
  if (result.attempt === undefined) return isUnreadable(result) && bytes.includes(END_OF_SYSEX);
  return result.attempt.repairs.count('f7_packet') > 0 && faultsOf(result) > 0;
}

function faultsOf({ attempt: made }: Result): number {
  if (made === undefined) return Number.POSITIVE_INFINITY;
  return made.repairs.count(
    'truncated_event',
    'undefined_status',
    'data_byte_clamped',
    'missing_end_of_track',
    'running_status_resumed',
    'long_quantity',
  );
}

/** Reads F7 as one byte, and keeps to that if it leaves fewer faults. */
function better(bytes: Uint8Array, result: Result, settings: FileSettings): Result {
  const faults = faultsOf(result);
  const other = attempt(bytes, { ...result.plan, isF7Bare: true }, settings);
  return faultsOf(other) < faults ? other : attempt(bytes, result.plan, settings);
}

/** The plan with what this reading has shown, `undefined` where it has shown nothing new. */
function fullerPlan(bytes: Uint8Array, result: Result, settings: FileSettings): FilePlan | undefined {
  const { attempt: made, plan } = result;
  if (made === undefined) return undefined;
  const { samples, stated } = made.texts;
  const encoding = samples.length > 0 ? (stated ?? settings.choices.guessEncoding(samples)) : plan.encoding;
  const arrivals = arrivalsOf(bytes, plan, made, settings);
  return encoding === plan.encoding && arrivals === undefined ? undefined : { ...plan, encoding, arrivals };
}

function arrivalsOf(
  bytes: Uint8Array,
  plan: FilePlan,
  { uses }: FileAttempt,
  { limits }: FileSettings,
): readonly (readonly Arrival[])[] | undefined {
  const { tracks } = plan.chunks;
  if (!mayNeedMerging(uses) || (tracks.at(-1)?.pattern ?? 0) > 0) return undefined;
  const read = (track: number): readonly ChannelMessage[] => {
    const chunk = tracks[track];
    return chunk === undefined ? [] : readChannelMessages(bytes, chunk, plan.isF7Bare, limits);
  };
  return mergeChannels(uses, read, limits.events);
}

function salvage(bytes: Uint8Array, header: SmfHeader, { limits }: FileSettings): FileChunks {
  let budget = bytes.length * PROBES_PER_BYTE;
  return salvageChunks(bytes, header, (start, end) => {
    budget -= end - start;
    return budget < 0 ? -1 : probeTrack(bytes, start, end, limits);
  });
}

import { dirname, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { ConfigError } from '../errors.ts';
import { isS3Address } from '../s3/s3-address.ts';
import { byteHash } from './byte-hash.ts';
import type { EncodingName } from './bytes/encoding.ts';
import { downloadedManifest } from './downloaded-manifest.ts';
import { fieldNames } from './field-names.ts';
import type { InputOptions } from './input-options.ts';
import { type JoinedCaptions, readJoinedCaptions } from './joined-captions.ts';
import { allKnown, type KnownStart, knownStart } from './known-start.ts';
import { DEFAULT_MANIFEST_LIMITS } from './limits.ts';
import { changedManifest, emptyManifest, explained, otherManifest } from './manifest-errors.ts';
import { ManifestFault } from './manifest-fault.ts';
import { type ManifestNote, noteKey, noteText, parseNote } from './manifest-note.ts';
import type { Milestone } from './milestone.ts';
import { identityOf, type Pair, pairsOf, type Understanding, understandingOf } from './pair.ts';
import type { Batch, Plan, RecordHashes } from './plan.ts';
import type { PlanPart } from './plan-part.ts';
import type { PassedOver } from './readers/folder.ts';
import { openReader } from './readers/open-reader.ts';
import type { RecordReader } from './readers/record-reader.ts';
import { requireFields } from './require-fields.ts';
import { type Bookmark, type Summary, scanRecords, takeRecords } from './scan-records.ts';
import { EVERYTHING, type Selection, selectionOf } from './select-records.ts';

export interface OpenPlanOptions extends InputOptions {
  /** Indexes to resume at. Each gets its rolling hash, and `batches` from there need not read what is before. */
  readonly marks?: readonly number[];
  /** What `Plan.note` gave when a manifest was opened last: records that it knows by their bytes are not decoded. */
  readonly note?: string | undefined;
  /** Whether a file of the size and the times that `note` was made at has the same bytes; else they are compared. */
  readonly trustsTimes?: boolean | undefined;
  /** Only these pairs: nothing is read but them, and a few thousand before. */
  readonly part?: PlanPart | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the manifest once from end to end, in constant memory: counts, hashes and checks its records (only the bytes of
 * those that `note` knows). A record that cannot
 * be read is a pair that will fail; what makes the whole unusable is an error.
 *
 * @throws ConfigError `manifest_missing`, `manifest_unreadable`, `manifest_empty`, `fields_missing`, or
 * `manifest_invalid` with the line and byte of the fault
 * @example
 * const plan = await openPlan({ inputFile: 'pairs.jsonl', marks: [320] });
 * if (plan.hashAt(320) === storedHash) for await (const batch of plan.batches(320, 32)) …
 */
export async function openPlan(options: OpenPlanOptions): Promise<Plan> {
  const { inputFile, marks = [], part, limits = DEFAULT_MANIFEST_LIMITS, signal } = options;
  const passedOver: PassedOver = { junk: 0, links: 0 };
  try {
    const file = isS3Address(inputFile) ? await downloadedManifest(inputFile, signal) : inputFile;
    const reader = await openReader(file, {
      names: fieldNames(options),
      encoding: options.encoding ?? 'auto',
      allowOutside: options.allowOutside ?? false,
      limits,
      passedOver,
    });
    const joined = await joinedCaptions(options, rootOf(inputFile, reader));
    const understanding = { ...understandingOf(options), joined };
    const selection = await selectionOf(reader, options, signal);
    const passedBefore = { ...passedOver };
    const key = part === undefined && hasNote(reader, selection, joined) ? noteKey(reader, options) : undefined;
    const stamp = (await reader.raw?.input.stamp?.()) ?? null;
    const earlier = key === undefined || options.note === undefined ? undefined : parseNote(options.note, key);
    const known = await startOf(reader, earlier, stamp, options);
    const summary = await scanRecords(reader, marks, { selection, understanding }, { known, part }, signal);
    if (part === undefined) {
      if (summary.end === 0) throw emptyManifest(inputFile);
      requireFields(summary.facts, options);
    } else if (summary.end !== part.end || summary.hash !== part.hash) throw otherManifest(inputFile, part);
    const notes = [
      ...(reader.notes ?? []),
      ...passedNotes(passedOver, passedBefore),
      ...(joined?.notes() ?? []),
      ...summary.facts.notes(),
    ];
    const reading = { reader, selection, understanding, part, encoding: options.encoding ?? 'auto' };
    return {
      ...planOf(inputFile, reading, summary, notes),
      note: newNote(summary, key, known?.isWhole ? earlier : undefined, stamp),
    };
  } catch (error) {
    if (part !== undefined && error instanceof ManifestFault) throw otherManifest(inputFile, part, error);
    throw explained(inputFile, error);
  }
}

/** Whether the pairs are those of the bytes of one file, one record after the other. */
function hasNote({ raw }: RecordReader, selection: Selection, joined: JoinedCaptions | undefined): boolean {
  return raw !== undefined && selection === EVERYTHING && joined === undefined;
}

async function startOf(
  { raw }: RecordReader,
  note: ManifestNote | undefined,
  stamp: string | null,
  { textOptional, trustsTimes, signal }: OpenPlanOptions,
): Promise<KnownStart | undefined> {
  if (note === undefined || raw === undefined) return undefined;
  if (trustsTimes && stamp !== null && note.stamp === stamp) return allKnown(note);
  // Ids are told apart over the whole manifest, and what has no usable record is explained by all that it has.
  const isUsable = ({ facts: { ids, midi, text } }: Milestone): boolean =>
    ids === 0 && midi > 0 && (text > 0 || textOptional !== false);
  return knownStart(note, raw, isUsable, signal);
}

/** `undefined` where the one by which the whole manifest is `known` says all. */
function newNote(
  { milestones, lastMilestone: end, facts }: Summary,
  key: string | undefined,
  known: ManifestNote | undefined,
  stamp: string | null,
): string | undefined {
  if (key === undefined) return undefined;
  if (end !== undefined) return noteText({ milestones, end, lists: facts.lists(), stamp }, key);
  const isOutOfDate = known !== undefined && stamp !== null && known.stamp !== stamp;
  return isOutOfDate ? noteText({ ...known, stamp }, key) : undefined;
}

async function joinedCaptions(options: InputOptions, root: string): Promise<JoinedCaptions | undefined> {
  const { captionsFile, joinOn = 'name', midiRoot = root } = options;
  if (captionsFile !== undefined && joinOn === 'md5' && isS3Address(midiRoot)) {
    const message =
      '--join_on md5 reads all MIDI files, which takes a --midi_root on this machine; join by name or id.';
    throw new ConfigError('invalid_option', message);
  }
  return captionsFile === undefined ? undefined : readJoinedCaptions(captionsFile, joinOn, midiRoot, options);
}

function rootOf(inputFile: string, { root }: RecordReader): string {
  if (root !== undefined) return resolve(root);
  return isS3Address(inputFile) ? dirname(inputFile) : dirname(resolve(inputFile));
}

/** What is needed to read the input once more. */
interface Reading {
  readonly reader: RecordReader;
  readonly selection: Selection;
  readonly understanding: Understanding;
  readonly part: PlanPart | undefined;
  readonly carriesMidi?: boolean;
  readonly encoding: EncodingName;
}

function planOf(inputFile: string, reading: Reading, summary: Summary, notes: readonly string[]): Omit<Plan, 'note'> {
  const { end, hash, facts, bookmarks, unreached } = summary;
  const { reader, part } = reading;
  const first = part?.first ?? 0;
  const bookmarkOf = (mark: number): Bookmark | undefined => {
    const bookmark = bookmarks.get(mark);
    if (bookmark === undefined && !unreached.has(mark)) throw new RangeError(`no mark was set at pair ${mark}`);
    return bookmark;
  };
  return {
    inputFile,
    format: reader.format,
    defaultMidiRoot: rootOf(inputFile, reader),
    encoding: reading.encoding,
    total: end - first,
    first,
    end,
    hash,
    fields: facts.fields,
    hasCaptionLists: facts.hasCaptionLists,
    splits: [...facts.splits],
    notes,
    counts: {
      records: facts.records,
      broken: facts.broken.size,
      withMidi: facts.withMidi,
      withText: facts.withText,
      withSplit: facts.withSplit,
    },
    firstOfRecord(index) {
      let at = index;
      while (facts.laterCaptions.has(at)) at--;
      return at;
    },
    hashAt: (mark) => bookmarkOf(mark)?.digest,
    linkAt: (mark) => bookmarkOf(mark)?.link,
    byteHashAt: async (mark) => (part === undefined ? byteHash(reader, mark) : undefined),
    async *batches(from, batchSize, signal, carriesMidi = false) {
      try {
        yield* readBatches(inputFile, { ...reading, carriesMidi }, summary, Math.max(from, first), batchSize, signal);
      } catch (error) {
        // What is broken now was not when the plan was opened.
        if (error instanceof ManifestFault) throw changedManifest(inputFile, error);
        throw explained(inputFile, error);
      }
    },
    async *recordHashes(signal) {
      try {
        yield* readHashes(reading, bookmarkOf(first), signal);
      } catch (error) {
        throw explained(inputFile, error);
      }
    },
  };
}

async function* readBatches(
  inputFile: string,
  reading: Reading,
  { end, hash: planHash, bookmarks, facts }: Summary,
  from: number,
  batchSize: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Batch> {
  const begin = nearestBookmark(bookmarks, from);
  if (begin === undefined || from >= end) return;
  const hash = begin.hash.copy();
  let index = begin.first;
  let pairs: Pair[] = [];
  for await (const { records } of takeRecords(reading.reader, begin, reading)) {
    for (const { read, piece, ordinal } of records) {
      // Else the failure would be saved before the change shows in the hash.
      if (piece.fields === undefined && !facts.broken.has(ordinal)) throw changedManifest(inputFile);
      const all = index + piece.captions.length > from ? pairsOf(read, piece, index) : [];
      for (const [place, caption] of piece.captions.entries()) {
        if (index >= begin.hashFrom) hash.add(identityOf(read, piece, caption));
        const pair = all[place];
        if (pair !== undefined && index >= from) pairs.push(pair);
        index++;
        if (pairs.length < batchSize && index < end) continue;
        signal?.throwIfAborted();
        const batch = { first: index - pairs.length, last: index - 1, pairs, planHash: hash.digest() };
        if (index === end && batch.planHash !== planHash) throw changedManifest(inputFile);
        yield batch;
        if (index === end) return;
        pairs = [];
      }
    }
  }
  throw changedManifest(inputFile);
}

async function* readHashes(
  reading: Reading,
  begin: Bookmark | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordHashes> {
  if (begin === undefined) return;
  const { part } = reading;
  let at = begin.first;
  for await (const { records } of takeRecords(reading.reader, begin, reading)) {
    signal?.throwIfAborted();
    const hashes = records.flatMap(({ read, piece }) =>
      piece.captions.map((caption) => crc32(identityOf(read, piece, caption))),
    );
    const first = Math.max(at, begin.index);
    yield { first, hashes: Uint32Array.from(hashes.slice(first - at, part === undefined ? undefined : part.end - at)) };
    at += hashes.length;
    if (part !== undefined && at >= part.end) return;
  }
}

function nearestBookmark(bookmarks: ReadonlyMap<number, Bookmark>, from: number): Bookmark | undefined {
  let nearest: Bookmark | undefined;
  for (const bookmark of bookmarks.values()) {
    if (bookmark.index <= from && bookmark.index >= (nearest?.index ?? 0)) nearest = bookmark;
  }
  return nearest;
}

function passedNotes(now: PassedOver, before: PassedOver): readonly string[] {
  const notes: string[] = [];
  const junk = now.junk - before.junk;
  const links = now.links - before.links;
  if (junk > 0)
    notes.push(
      `${junk} of the names in the folder are leftovers of an operating system (._*, __MACOSX, …): passed over`,
    );
  if (links > 0) notes.push(`${links} links to folders were passed over; --allow_outside follows them`);
  return notes;
}

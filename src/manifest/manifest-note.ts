import { createHash } from 'node:crypto';
import { ownPackage } from '../config/own-package.ts';
import { type FactCounts, type FactLists, MAX_SPLITS } from './input-facts.ts';
import type { InputOptions } from './input-options.ts';
import { DEFAULT_MANIFEST_LIMITS } from './limits.ts';
import { isPlainObject } from './manifest-record.ts';
import type { Milestone } from './milestone.ts';
import type { RecordReader } from './readers/record-reader.ts';

/** Another one whenever the same bytes may make other pairs or facts; a note of another version is made anew. */
const FORMAT = 'midiloom-manifest-note-2';
/** A note that names more of them would be no small one. */
const MAX_BROKEN = 10_000;

/** What one reading of a manifest learnt, for the next: which bytes make which hash of values. */
export interface ManifestNote {
  readonly milestones: readonly Milestone[];
  readonly end: Milestone;
  readonly lists: FactLists;
  /** Of the file's size and times when it was read; `null` where these told nothing. */
  readonly stamp: string | null;
}

/** A hash of all but the bytes behind the preamble that the pairs depend on. */
export function noteKey({ format, preamble, raw }: RecordReader, options: Omit<InputOptions, 'inputFile'>): string {
  const { midiField, textField, idField, splitField, captions = 'all', seed = 0, encoding = 'auto' } = options;
  const { limits = DEFAULT_MANIFEST_LIMITS } = options;
  const reading = [ownPackage().version, format, preamble?.toString('hex') ?? '', raw?.begin ?? 0, encoding, limits];
  const fields = [midiField, textField, idField, splitField].map((name) => name ?? null);
  return sha256(JSON.stringify([...reading, ...fields, captions, seed]));
}

/** `undefined` where a note would not be worth its size. */
export function noteText(note: ManifestNote, key: string): string | undefined {
  if (note.milestones.length === 0 || note.lists.broken.length > MAX_BROKEN) return undefined;
  const content = { key, ...note };
  return `${JSON.stringify({ format: FORMAT, checksum: sha256(JSON.stringify(content)), content })}\n`;
}

/** `undefined` for a note that is damaged, or of a reading that understood records in another way. */
export function parseNote(text: string, key: string): ManifestNote | undefined {
  const note = parsed(text);
  if (!isPlainObject(note) || note.format !== FORMAT || !isPlainObject(note.content)) return undefined;
  const { content } = note;
  if (content.key !== key || note.checksum !== sha256(JSON.stringify(content))) return undefined;
  return isNote(content) && isAscending([...content.milestones, content.end]) ? content : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A note that was cut off: the manifest is read as if there were none.
  }
}

function isNote(value: object): value is ManifestNote {
  if (!('milestones' in value && 'end' in value && 'lists' in value)) return false;
  if (!('stamp' in value) || (value.stamp !== null && !isText(value.stamp))) return false;
  const { milestones, end, lists } = value;
  return Array.isArray(milestones) && milestones.every(isMilestone) && isMilestone(end) && isLists(lists);
}

function isMilestone(value: unknown): value is Milestone {
  if (!isPlainObject(value)) return false;
  const { index, offset, bytes, pairs, facts } = value;
  return [index, offset].every(isCount) && [bytes, pairs].every(isText) && isFactCounts(facts);
}

function isFactCounts(value: unknown): value is FactCounts {
  if (!isPlainObject(value)) return false;
  const { records, midi, text, split, lists, broken, splits, ids, losses } = value;
  const hasCounts = [records, midi, text, split, broken, splits, ids].every(isCount);
  return hasCounts && typeof lists === 'boolean' && Array.isArray(losses) && losses.every(isLoss);
}

function isLoss(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  return (value.loss === 'number' || value.loss === 'prototype key') && [value.count, value.first].every(isCount);
}

function isLists(value: unknown): value is FactLists {
  if (!isPlainObject(value)) return false;
  const { fields, broken, fault, splits, captions, repeated } = value;
  if (!isPlainObject(fields) || !isPlainObject(repeated)) return false;
  const names = [fields.midi, fields.text, fault, repeated.first];
  return (
    names.every((name) => name === null || isText(name)) &&
    isText(captions) &&
    isCount(repeated.count) &&
    Array.isArray(broken) &&
    broken.every(isCount) &&
    Array.isArray(splits) &&
    splits.length <= MAX_SPLITS + 1 &&
    splits.every(isText)
  );
}

function isAscending(milestones: readonly Milestone[]): boolean {
  return milestones.every(({ index, offset }, place) => {
    const before = milestones[place - 1];
    return before === undefined || (before.index <= index && before.offset <= offset);
  });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

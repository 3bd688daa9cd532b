/** The readable checkpoint of one stage: a small JSON file that says how far the stage is and which segments belong to it. */
import { createHash } from 'node:crypto';
import { ownPackage } from '../config/own-package.ts';
import { CheckpointError, messageOf, type PairFailure } from '../errors.ts';
import { Fields } from './fields.ts';
import type { IndexRange } from './index-set.ts';
import { canonicalJson, isJsonObject, type JsonObject } from './json.ts';

const CHECKPOINT_FORMAT = 'midiloom-checkpoint';
/** 1: midiloom 0.1.0; without `midiloom` and `lost_segments`. */
const CHECKPOINT_VERSION = 2;
export const MAX_CHECKPOINT_BYTES = 64 * 1024;
/** The file shows the latest failures; all of them are in the segments. */
export const MAX_SHOWN_FAILURES = 100;

export type StageStatus = 'not_started' | 'in_progress' | 'completed' | 'failed';
const STATUSES: readonly StageStatus[] = ['not_started', 'in_progress', 'completed', 'failed'];

/** The file's own names and shapes; what `--json` shows too. */
export type CheckpointFile = {
  readonly stage: string;
  readonly status: StageStatus;
  readonly session_id: string;
  /** One less than the first index where nothing is done yet: -1 as a rule. */
  readonly last_processed_idx: number;
  readonly total_files: number;
  readonly timestamp: string;
  readonly batch_info: {
    readonly current_batch: number;
    readonly total_batches: number;
    readonly batch_size: number;
    /** Seconds. */
    readonly processing_time: number;
    readonly files_per_second: number;
  };
  readonly processed_data: {
    readonly directory: string;
    /** Segments that were ever committed. */
    readonly segments: number;
    /** Those that are not there any more, as ranges of their numbers, both inclusive. What they held is made again. */
    readonly lost_segments: readonly IndexRange[];
    /** Pairs with an outcome, a result or a failure. */
    readonly records: number;
    /** Size of all segments. */
    readonly bytes: number;
    /** Checksum of the last segment's header, empty where there is none. */
    readonly chain: string;
  };
  readonly completed: number;
  readonly failed: readonly PairFailure[];
  readonly failed_count: number;
  /** First and last index in work when this was saved, or empty. */
  readonly in_progress: readonly number[];
  readonly plan: {
    readonly input_file: string;
    /** Index of the first pair of this shard: 0 for a whole run. */
    readonly first_index: number;
    readonly hash_at_last: string;
    readonly fields: JsonObject;
  };
  readonly fingerprint: Fingerprint;
};

/** What affects results, so that a run with other options is refused. */
export type Fingerprint = {
  readonly id: string;
  readonly options: JsonObject;
};

/** What bytes found at a checkpoint's path are. */
export type ParsedCheckpoint =
  | { readonly kind: 'valid'; readonly checkpoint: CheckpointFile }
  /** Damaged: its backup may be used instead. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** Whole, but not ours to continue: it is refused and left as it is. */
  | { readonly kind: 'foreign'; readonly code: string; readonly reason: string };

/** The file's bytes, at most 64 KB: the oldest of the shown failures give way. */
export function encodeCheckpoint(checkpoint: CheckpointFile): Uint8Array {
  for (let shown = MAX_SHOWN_FAILURES; ; shown = Math.floor(shown / 2)) {
    const failed = shown === 0 ? [] : checkpoint.failed.slice(-shown);
    const body = {
      format: CHECKPOINT_FORMAT,
      version: CHECKPOINT_VERSION,
      midiloom: ownPackage().version,
      ...checkpoint,
      failed: failed.map((failure) => ({ ...failure })),
    };
    const bytes = Buffer.from(textOf({ ...body, checksum: checksumOf(body) }));
    if (bytes.length <= MAX_CHECKPOINT_BYTES) return bytes;
    if (shown === 0) {
      throw new CheckpointError(
        'checkpoint_too_large',
        `the checkpoint of stage ${checkpoint.stage} would have ${bytes.length} bytes, more than ${MAX_CHECKPOINT_BYTES}; its options are too long`,
      );
    }
  }
}

/** Reads a checkpoint's bytes; at least the first 64 KB and one byte of a longer file are needed. Never throws. */
export function parseCheckpoint(bytes: Uint8Array): ParsedCheckpoint {
  if (bytes.length > MAX_CHECKPOINT_BYTES) {
    return recognizeLong(bytes) ?? invalid(`it has more than ${MAX_CHECKPOINT_BYTES} bytes`);
  }
  let value: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (error) {
    return invalid(messageOf(error));
  }
  if (Array.isArray(value)) return BARE_LIST;
  try {
    return parseObject(value, text);
  } catch (error) {
    return invalid(messageOf(error));
  }
}

const BARE_LIST = importable('checkpoint_legacy', 'it is a bare list of records, the oldest form');
const NOT_OURS = importable('checkpoint_legacy', 'it was not written by midiloom');
const INLINE = importable('checkpoint_inline', 'it has its records inline, the interchange form');

function parseObject(value: unknown, text: string): ParsedCheckpoint {
  const fields = new Fields(value, 'checkpoint');
  if (!isJsonObject(value)) return invalid('it is not an object');
  if (Array.isArray(value.processed_data)) return INLINE;
  const { checksum, ...body } = value;
  if (checksum === undefined) {
    if (value.format === undefined) return NOT_OURS;
    return invalid('it has no checksum');
  }
  if (checksum !== checksumOf(body)) return invalid('it does not match its checksum');
  if (value.format !== CHECKPOINT_FORMAT) return invalid(`its format is not ${CHECKPOINT_FORMAT}`);
  const version = fields.integer('version', 1);
  if (version > CHECKPOINT_VERSION) return newer(version, fields.has('midiloom') ? fields.text('midiloom') : undefined);
  if (value.fingerprint === undefined) return importable('checkpoint_foreign', 'it carries no fingerprint');
  if (textOf(value) !== text) return invalid('its text was changed');
  return { kind: 'valid', checkpoint: readCheckpoint(fields, version) };
}

function readCheckpoint(fields: Fields, version: number): CheckpointFile {
  const batch = fields.object('batch_info');
  const data = fields.object('processed_data');
  const plan = fields.object('plan');
  const fingerprint = fields.object('fingerprint');
  return {
    stage: fields.text('stage'),
    status: fields.oneOf('status', STATUSES),
    session_id: fields.text('session_id'),
    last_processed_idx: fields.integer('last_processed_idx', -1),
    total_files: fields.integer('total_files'),
    timestamp: fields.text('timestamp'),
    batch_info: {
      current_batch: batch.integer('current_batch'),
      total_batches: batch.integer('total_batches'),
      batch_size: batch.integer('batch_size'),
      processing_time: batch.amount('processing_time'),
      files_per_second: batch.amount('files_per_second'),
    },
    processed_data: {
      directory: data.text('directory'),
      segments: data.integer('segments'),
      lost_segments: version === 1 ? [] : data.ranges('lost_segments'),
      records: data.integer('records'),
      bytes: data.integer('bytes'),
      chain: data.text('chain'),
    },
    completed: fields.integer('completed'),
    failed: fields.failures('failed'),
    failed_count: fields.integer('failed_count'),
    in_progress: fields.integers('in_progress'),
    plan: {
      input_file: plan.text('input_file'),
      first_index: plan.integer('first_index'),
      hash_at_last: plan.text('hash_at_last'),
      fields: plan.json('fields'),
    },
    fingerprint: { id: fingerprint.text('id'), options: fingerprint.json('options') },
  };
}

/** A file too long to be ours: the form that its start shows, if it is one that other tools write. */
function recognizeLong(bytes: Uint8Array): ParsedCheckpoint | undefined {
  const start = Buffer.from(bytes.subarray(0, MAX_CHECKPOINT_BYTES)).toString('utf8');
  if (/^\s*\[/.test(start)) return BARE_LIST;
  if (/"processed_data"\s*:\s*\[/.test(start)) return INLINE;
  return /"completed"\s*:\s*\[/.test(start) ? NOT_OURS : undefined;
}

function checksumOf(body: JsonObject): string {
  return `sha256:${createHash('sha256').update(canonicalJson(body)).digest('hex')}`;
}

/** The one way to write a value, so that any other text of the same value counts as changed. */
function textOf(value: JsonObject): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function newer(version: number, midiloom: string | undefined): ParsedCheckpoint {
  const writer = midiloom === undefined ? 'a newer midiloom' : `midiloom ${midiloom}`;
  const install = `npm install midiloom@${midiloom ?? 'latest'}`;
  const reason = `it has version ${version}, written by ${writer}, and this is midiloom ${ownPackage().version}; \`${install}\` gives you one that continues it`;
  return { kind: 'foreign', code: 'checkpoint_version', reason };
}

function invalid(reason: string): ParsedCheckpoint {
  return { kind: 'invalid', reason };
}

function importable(code: string, reason: string): ParsedCheckpoint {
  return { kind: 'foreign', code, reason: `${reason}; only \`midiloom checkpoint import\` takes it` };
}

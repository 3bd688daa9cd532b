/**
 * Whether outcomes are such as the pipeline makes with the options of their stage. A checksum only says that bytes are what somebody
 * wrote; what a file from elsewhere says of a pair ends up in a data set that others train on.
 */
import type { Fingerprint } from '../checkpoint/checkpoint-file.ts';
import type { StageRecord } from '../checkpoint/stage-reader.ts';
import { messageOf } from '../errors.ts';
import { FEATURES, type FeatureType } from '../features/feature-schema.ts';
import { tokenizerOfStage } from '../run-directory/tokenizer-of-stage.ts';
import { TEXT_STATISTICS_SCHEMA } from '../text/text-statistics.ts';
import { createTokenizer } from '../tokens/create-tokenizer.ts';
import { type MidiRecord, unpackMidiRecord } from '../worker/midi-record.ts';
import type { JsonMap } from '../worker/record-fields.ts';
import { unpackTextRecord } from '../worker/text-record.ts';

/** What is wrong with an outcome, if anything. */
export type FindFault = (outcome: StageRecord) => string | undefined;

const CODE = /^[a-z][a-z0-9_]{0,63}$/;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const HEX = /^[0-9a-f]+$/;

/** @param outputDir - the run directory, where the model of a trained tokenizer is. */
export function recordCheck(stage: string, fingerprint: Fingerprint, outputDir: string): FindFault {
  const findInRecord = stage === 'text' ? textCheck(fingerprint) : midiCheck(fingerprint, outputDir);
  return (outcome) => {
    if (!outcome.ok) {
      const { code, timestamp } = outcome.failure;
      if (!CODE.test(code)) return 'the code of its failure is none';
      return DATE.test(timestamp) ? undefined : 'the time of its failure is none';
    }
    try {
      return findInRecord(outcome.bytes);
    } catch (error) {
      return messageOf(error);
    }
  };
}

function midiCheck(fingerprint: Fingerprint, outputDir: string): (bytes: Uint8Array) => string | undefined {
  const sizes = vocabularySizes(fingerprint, outputDir);
  return (bytes) => {
    const record = unpackMidiRecord(bytes);
    return findInTokens(record, sizes) ?? findInMetadata(record.metadata);
  };
}

/** Tokens of each column; `undefined` where the model of a trained tokenizer is not here to tell. */
function vocabularySizes(fingerprint: Fingerprint, outputDir: string): readonly number[] | undefined {
  try {
    const tokenizer = createTokenizer(tokenizerOfStage({ fingerprint }, outputDir));
    return tokenizer.vocabulary.columns.map(({ tokens }) => tokens.length);
  } catch {
    return undefined;
  }
}

function findInTokens(
  { tokens, sequence_length }: MidiRecord,
  sizes: readonly number[] | undefined,
): string | undefined {
  const { columns, streams } = tokens;
  if (sizes !== undefined && columns !== sizes.length)
    return `its tokens have ${columns} columns instead of ${sizes.length}`;
  let rows = 0;
  for (const ids of streams) {
    rows += ids.length / columns;
    if (sizes === undefined) continue;
    for (const [at, id] of ids.entries()) {
      const size = sizes[at % columns] ?? 0;
      if (id >= size) return `it has the token id ${id}, and the vocabulary ${size} tokens`;
    }
  }
  return rows === sequence_length ? undefined : `it has ${rows} tokens, and a sequence_length of ${sequence_length}`;
}

const FITS: Readonly<Record<FeatureType | 'int32' | 'double', (value: unknown) => boolean>> = {
  int: Number.isSafeInteger,
  int32: Number.isSafeInteger,
  float: (value) => typeof value === 'number',
  double: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  int_list: (value) => Array.isArray(value) && value.every(Number.isSafeInteger),
  float_list: (value) => Array.isArray(value) && value.every((each) => typeof each === 'number'),
  string_list: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
};

/** A fact that is not there is one of a later version. */
function findInMetadata(metadata: JsonMap): string | undefined {
  for (const name of ['sha256', 'md5', 'note_hash']) {
    const value = metadata[name];
    if (typeof value !== 'string' || !HEX.test(value)) return `its ${name} is no checksum`;
  }
  for (const [name, { type }] of Object.entries(FEATURES)) {
    const value = metadata[name];
    if (value !== undefined && value !== null && !FITS[type](value)) return `its ${name} is not of type ${type}`;
  }
  const { repairs = {} } = metadata;
  const isCounts =
    typeof repairs === 'object' && repairs !== null && Object.values(repairs).every(Number.isSafeInteger);
  return isCounts ? undefined : 'its repairs are no counts';
}

/** The exponent of infinities in half precision, and of what is no number. */
const INFINITE_HALF = 0x7c00;

function textCheck({ options }: Fingerprint): (bytes: Uint8Array) => string | undefined {
  const told = options['encoder.dimensions'];
  let dimensions = typeof told === 'number' ? told : undefined;
  const ofToken = options['encoder.hidden_size'];
  let hiddenSize = typeof ofToken === 'number' ? ofToken : undefined;
  return (bytes) => {
    const { embedding, hidden_states: states, token_ids: ids, statistics } = unpackTextRecord(bytes);
    if (embedding !== undefined) {
      dimensions ??= embedding.length;
      if (embedding.length !== dimensions)
        return `its embedding has ${embedding.length} numbers instead of ${dimensions}`;
      if (!embedding.every(Number.isFinite)) return 'its embedding has a number that is not finite';
    }
    if (states !== undefined) {
      hiddenSize ??= states.length / (ids?.length ?? 0);
      if (states.length !== hiddenSize * (ids?.length ?? 0))
        return `it has ${states.length} numbers of hidden states for ${ids?.length ?? 0} tokens of ${hiddenSize}`;
      if (states.some((half) => (half & INFINITE_HALF) === INFINITE_HALF))
        return 'its hidden states have a number that is not finite';
    }
    if (ids?.some((id) => id < 0)) return 'it has a negative token id';
    for (const [name, type] of Object.entries(TEXT_STATISTICS_SCHEMA)) {
      const value = statistics[name];
      if (value !== undefined && value !== null && !FITS[type](value)) return `its ${name} is not of type ${type}`;
    }
    return undefined;
  };
}

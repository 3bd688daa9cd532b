import { join } from 'node:path';
import type { SaveContext } from '../../src/checkpoint/describe-checkpoint.ts';
import { type OpenedStage, openStageStore, type StageStoreOptions } from '../../src/checkpoint/open-stage-store.ts';
import { frameRecord } from '../../src/checkpoint/record-frame.ts';
import type { SegmentCommit } from '../../src/checkpoint/segment-commit.ts';
import type { StageStore } from '../../src/checkpoint/stage-store.ts';
import type { PairFailure } from '../../src/errors.ts';
import { silent } from '../../src/log.ts';

export const context: SaveContext = {
  totalPairs: 100,
  batch: { currentBatch: 1, totalBatches: 10, batchSize: 5, processingTimeS: 0.5, filesPerSecond: 10 },
  inProgress: undefined,
};

export function optionsFor(directory: string, changes: Partial<StageStoreOptions> = {}): StageStoreOptions {
  return {
    checkpointFile: join(directory, 'midi_checkpoint.json'),
    stage: 'midi',
    sessionId: 'session',
    plan: { inputFile: 'pairs.jsonl', fields: {}, firstIndex: 0 },
    fingerprint: { id: 'sha256:f', options: { tokenizer: 'TSD' } },
    log: silent,
    restart: false,
    now: () => new Date(0),
    ...changes,
  };
}

export function open(directory: string, changes: Partial<StageStoreOptions> = {}): Promise<OpenedStage> {
  return openStageStore(optionsFor(directory, changes));
}

/** What a stage makes of a pair, as text that tells which pair and attempt it is of. */
export const recordText = (index: number, pass = 0): string => `record ${index} of pass ${pass}`;

export function failureOf(index: number, pass = 0): PairFailure {
  return {
    index,
    code: 'midi_not_smf',
    error: `failure ${index} of pass ${pass}`,
    timestamp: '1970-01-01T00:00:00.000Z',
  };
}

/** The pairs from `first` to `last`, of which `failing` fail. */
export function mainPass(first: number, last: number, failing: readonly number[] = []): SegmentCommit {
  const indices = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return {
    pass: 0,
    first,
    last,
    frames: indices.filter((index) => !failing.includes(index)).map((index) => frame(index, 0)),
    failures: indices.filter((index) => failing.includes(index)).map((index) => failureOf(index)),
    planHash: `plan up to ${last}`,
    pairHashes: Uint32Array.from(indices, (index) => index * 7),
    keys: new Uint8Array(),
    stamps: [],
  };
}

/** One more try of these pairs, of which `failing` fail again. */
export function retryPass(pass: number, tried: readonly number[], failing: readonly number[] = []): SegmentCommit {
  return {
    pass,
    first: Math.min(...tried),
    last: Math.max(...tried),
    frames: tried.filter((index) => !failing.includes(index)).map((index) => frame(index, pass)),
    failures: failing.map((index) => failureOf(index, pass)),
    planHash: '',
    pairHashes: new Uint32Array(),
    keys: new Uint8Array(),
    stamps: [],
  };
}

/** Every pair's latest outcome, as text in index order; `missing` where a lost segment had it. */
export async function outcomes(store: StageStore): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const record of store.records()) {
    while (record.index > found.length && store.isMissing(found.length)) found.push('missing');
    if (record.index !== found.length) throw new Error(`pair ${record.index} stands at place ${found.length}`);
    found.push(record.ok ? Buffer.from(record.bytes).toString() : record.failure.error);
  }
  return found;
}

function frame(index: number, pass: number): Uint8Array {
  return frameRecord(index, Buffer.from(recordText(index, pass)));
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

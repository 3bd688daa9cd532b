import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStageStore } from '../../src/checkpoint/open-stage-store.ts';
import { frameRecord } from '../../src/checkpoint/record-frame.ts';
import { KEY_BYTES } from '../../src/checkpoint/segment-header.ts';
import { packStamps } from '../../src/checkpoint/stamp-rows.ts';
import { silent } from '../../src/log.ts';
import { STAGES, type StageName } from '../../src/run-directory/run-files.ts';
import { PIECE_BYTES } from '../../src/similarity/piece-bytes.ts';
import { packMidiRecord } from '../../src/worker/midi-record.ts';
import { packTextRecord } from '../../src/worker/text-record.ts';

export interface MadeRun {
  readonly pairs: number;
  /** Pairs of a segment. */
  readonly interval?: number;
  /** What the captions say before their number. */
  readonly caption?: string;
  /** With which code one pair in a hundred has failed in each stage. */
  readonly code?: string;
  readonly error?: string;
}

/** Checkpoints as of a run of so many pairs, without any work: small records, one pair in fifty failed in one of the stages. */
export async function makeRun(directory: string, made: MadeRun): Promise<void> {
  mkdirSync(directory, { recursive: true });
  for (const stage of STAGES) await fill(directory, stage, made);
  const session = { session_id: 'made', at: '2026-11-30T00:00:00.000Z' };
  writeFileSync(
    join(directory, 'sessions.jsonl'),
    `${JSON.stringify({ ...session, event: 'started' })}\n${JSON.stringify({ ...session, event: 'ended', status: 'interrupted', seconds: 60, reason: 'SIGTERM' })}\n`,
  );
}

async function fill(directory: string, stage: StageName, made: MadeRun): Promise<void> {
  const { pairs, interval = 320, code = 'file_not_found', error = 'it is not there' } = made;
  const { store } = await openStageStore({
    checkpointFile: join(directory, `${stage}_checkpoint.json`),
    stage,
    sessionId: 'made',
    plan: { inputFile: join(directory, 'pairs.jsonl'), fields: {}, firstIndex: 0 },
    fingerprint: { id: 'sha256:made', options: {} },
    log: silent,
    restart: false,
  });
  const hasFailed = (index: number): boolean => index % 100 === (stage === 'midi' ? 0 : 50);
  const batch = { currentBatch: 1, totalBatches: 1, batchSize: 32, processingTimeS: 1, filesPerSecond: 1 };
  for (let first = 0; first < pairs; first += interval) {
    const indices = Array.from({ length: Math.min(interval, pairs - first) }, (_, at) => first + at);
    const commit = {
      pass: 0,
      first,
      last: indices.at(-1) ?? first,
      frames: indices
        .filter((index) => !hasFailed(index))
        .map((index) => frameRecord(index, recordOf(stage, index, made))),
      failures: indices
        .filter(hasFailed)
        .map((index) => ({ index, code: `${stage}_${code}`, error, timestamp: '2026-11-30T00:00:00.000Z' })),
      planHash: `sha256:${'0'.repeat(64)}`,
      pairHashes: Uint32Array.from(indices),
      keys: new Uint8Array(indices.length * KEY_BYTES),
      stamps: [packStamps(indices.map((index) => [index, new Uint8Array(8).fill(index)]))],
    };
    await store.commit(commit, { totalPairs: pairs, batch, inProgress: undefined });
  }
}

function recordOf(stage: StageName, index: number, { caption = 'Caption number' }: MadeRun): Uint8Array {
  if (stage === 'midi') {
    return packMidiRecord({
      sketch: new Uint8Array(PIECE_BYTES),
      tokens: { layout: 'single', columns: 1, streams: [Uint16Array.of(1, 2, index % 100)] },
      sequence_length: 3,
      cut_tokens: 0,
      metadata: {},
    });
  }
  const text = `${caption} ${index}`;
  const nothing = { normalized: '', embedding: undefined, token_ids: undefined, truncated: false };
  return packTextRecord({ ...nothing, text, statistics: {}, encoder: 'none' });
}

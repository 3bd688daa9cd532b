/**
 * How long it takes to say how a long run stands, from its checkpoints alone: in checkpoints made for it, of which one pair in a hundred
 * has failed. Beside it, what reading each header once takes.
 *
 *     npx tsx bench/status.ts [PAIRS]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStageStore } from '../src/checkpoint/open-stage-store.ts';
import { frameRecord } from '../src/checkpoint/record-frame.ts';
import { readSegmentHeader } from '../src/checkpoint/segment.ts';
import { KEY_BYTES } from '../src/checkpoint/segment-header.ts';
import { segmentFile, stageFiles } from '../src/checkpoint/stage-files.ts';
import { packStamps } from '../src/checkpoint/stamp-rows.ts';
import { silent } from '../src/log.ts';
import { readRunStatus } from '../src/operations/read-run-status.ts';
import { STAGES, type StageName } from '../src/run-directory/run-files.ts';

const PAIRS = Number(process.argv[2] ?? 1_000_000);
/** Of the defaults: ten batches of 32. */
const INTERVAL = 320;
const GOAL_SECONDS = 2;
const folder = mkdtempSync(join(tmpdir(), 'midiloom-status-'));
try {
  for (const stage of STAGES) await fill(stage);
  const fileOf = (stage: StageName) => stageFiles(join(folder, `${stage}_checkpoint.json`));
  const headers = await timed(async () => {
    for (const stage of STAGES)
      for (let at = 0; at < PAIRS / INTERVAL; at++) await readSegmentHeader(segmentFile(fileOf(stage), at));
  });
  const status = await timed(async () => console.log(JSON.stringify((await readRunStatus(folder)).pairs)));
  console.log(`${PAIRS} pairs, ${(2 * PAIRS) / INTERVAL} segments`);
  console.log(`each header once, one after the other: ${headers.text}`);
  console.log(
    `status: ${status.text}, ${status.seconds < GOAL_SECONDS ? 'under' : 'over'} the ${GOAL_SECONDS} s of the goal`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

async function fill(stage: StageName): Promise<void> {
  const { store } = await openStageStore({
    checkpointFile: join(folder, `${stage}_checkpoint.json`),
    stage,
    sessionId: 'bench',
    plan: { inputFile: 'pairs.jsonl', fields: {}, firstIndex: 0 },
    fingerprint: { id: 'sha256:bench', options: {} },
    log: silent,
    restart: false,
  });
  const batch = { currentBatch: 1, totalBatches: 1, batchSize: 32, processingTimeS: 1, filesPerSecond: 1 };
  for (let first = 0; first < PAIRS; first += INTERVAL) {
    const indices = Array.from({ length: Math.min(INTERVAL, PAIRS - first) }, (_, at) => first + at);
    const hasFailed = (index: number): boolean => index % 100 === (stage === 'midi' ? 0 : 50);
    const commit = {
      pass: 0,
      first,
      last: indices.at(-1) ?? first,
      frames: indices.filter((index) => !hasFailed(index)).map((index) => frameRecord(index, Buffer.from('record'))),
      failures: indices.filter(hasFailed).map((index) => ({
        index,
        code: `${stage}_file_not_found`,
        error: `"folder/${index}.mid" is not there; looked in the folder of the manifest`,
        timestamp: '2026-11-30T00:00:00.000Z',
      })),
      planHash: `sha256:${'0'.repeat(64)}`,
      pairHashes: Uint32Array.from(indices),
      keys: new Uint8Array(indices.length * KEY_BYTES),
      stamps: [packStamps(indices.map((index) => [index, new Uint8Array(8).fill(index)]))],
    };
    await store.commit(commit, { totalPairs: PAIRS, batch, inProgress: undefined });
  }
}

async function timed(work: () => Promise<void>): Promise<{ readonly seconds: number; readonly text: string }> {
  const begin = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, text: `${seconds.toFixed(2)} s, ${((user + system) / 1e6).toFixed(2)} s of CPU` };
}

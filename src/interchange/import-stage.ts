import { dirname } from 'node:path';
import { Fields } from '../checkpoint/fields.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { installStage } from '../checkpoint/install-stage.ts';
import { openStageStore } from '../checkpoint/open-stage-store.ts';
import { FrameWriter } from '../checkpoint/record-frame.ts';
import { KEY_BYTES } from '../checkpoint/segment-header.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import type { StageRecord } from '../checkpoint/stage-reader.ts';
import type { StageStore } from '../checkpoint/stage-store.ts';
import { CheckpointError, messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { INTERCHANGE_FORMAT, INTERCHANGE_VERSION } from './export-stage.ts';
import type { InterchangeCheckpoint } from './interchange-document.ts';
import { type FindFault, recordCheck } from './record-check.ts';
import { recordFromJson } from './record-json.ts';
import { KeyChecksum, RowChecksum } from './row-checksum.ts';

const KEY = new RegExp(`^[0-9a-f]{${2 * KEY_BYTES}}$`);
/** An index has 32 bits. */
const MOST_PAIRS = 2 ** 32;

/** Whether the rows are ours: made with options that are known, so that a run may go on from them. */
export function carriesFingerprint({ fields }: InterchangeCheckpoint): boolean {
  return fields.get('format') === INTERCHANGE_FORMAT && fields.has('fingerprint');
}

/**
 * Makes an exported stage a stage again, at `checkpointFile`; whatever lies there is set aside once the new one is whole.
 *
 * @throws CheckpointError `interchange_invalid` where the rows are not those that were exported.
 */
export async function importStage(
  source: InterchangeCheckpoint,
  checkpointFile: string,
  sessionId: string,
  log: Log,
): Promise<void> {
  const prepare = async (prepared: string): Promise<void> => {
    const head = await readable(async () => headOf(source));
    const findFault = recordCheck(head.stage, head.fingerprint, dirname(checkpointFile));
    const { store } = await openStageStore({
      ...head,
      checkpointFile: prepared,
      sessionId,
      restart: false,
      log,
    });
    await readable(() => copyRows(source, store, findFault));
  };
  await installStage(stageFiles(checkpointFile), prepare, nodeFileSystem);
}

function headOf({ fields }: InterchangeCheckpoint) {
  const head = new Fields(Object.fromEntries(fields), 'checkpoint');
  head.integer('version', INTERCHANGE_VERSION, INTERCHANGE_VERSION);
  const plan = head.object('plan');
  const fingerprint = head.object('fingerprint');
  return {
    stage: head.text('stage'),
    plan: { inputFile: plan.text('input_file'), fields: plan.json('fields'), firstIndex: plan.integer('first_index') },
    fingerprint: { id: fingerprint.text('id'), options: fingerprint.json('options') },
  };
}

async function copyRows(source: InterchangeCheckpoint, store: StageStore, findFault: FindFault): Promise<void> {
  const head = new Fields(Object.fromEntries(source.fields), 'checkpoint');
  const context = { ...contextFrom(head), inProgress: undefined };
  const checksum = new RowChecksum();
  const keys = new KeyChecksum();
  let gathered = new Gathered(store.lastIndex + 1);
  for await (const value of source.lists.get('processed_data')?.rows() ?? []) {
    const row = parseRow(value);
    const fault = findFault(row.outcome);
    if (fault !== undefined) throw new Error(`pair ${row.outcome.index}: ${fault}`);
    checksum.add(row.outcome, row.hash);
    if (row.key !== undefined) keys.add(row.outcome.index, row.key);
    gathered.add(row);
    if (row.planHash === undefined) continue;
    await store.commit(gathered.commit(row.planHash), context);
    gathered = new Gathered(store.lastIndex + 1);
  }
  const expected = { checksum: head.text('records_checksum'), last: head.integer('last_processed_idx', -1) };
  // Exports of version 0.1.0 have no keys.
  const areKeysGood = !head.has('keys_checksum') || head.text('keys_checksum') === keys.digest();
  if (checksum.digest() !== expected.checksum || store.lastIndex !== expected.last || !areKeysGood) {
    throw new Error('its rows are not those that were exported');
  }
  await store.saveStatus(head.oneOf('status', ['not_started', 'in_progress', 'completed', 'failed']), context);
}

function contextFrom(head: Fields) {
  const batch = head.object('batch_info');
  return {
    totalPairs: head.integer('total_files', head.integer('last_processed_idx', -1) + 1, MOST_PAIRS),
    batch: {
      currentBatch: batch.integer('current_batch'),
      totalBatches: batch.integer('total_batches'),
      batchSize: batch.integer('batch_size'),
      processingTimeS: batch.amount('processing_time'),
      filesPerSecond: batch.amount('files_per_second'),
    },
  };
}

interface Row {
  readonly outcome: StageRecord;
  readonly hash: number;
  /** What the pair is known by, in hex; `undefined` where that was not noted. */
  readonly key: string | undefined;
  /** Where a segment ended. */
  readonly planHash: string | undefined;
}

function parseRow(value: unknown): Row {
  const row = new Fields(value, 'a row');
  const index = row.integer('index', 0, 0xffff_ffff);
  const hash = row.integer('hash', 0, 0xffff_ffff);
  const planHash = row.has('plan_hash') ? row.text('plan_hash') : undefined;
  const key = row.has('key') ? row.text('key') : undefined;
  if (key !== undefined && !KEY.test(key)) throw new Error(`pair ${index}: its key is not one`);
  if (row.has('code')) {
    const failure = { index, code: row.text('code'), error: row.text('error'), timestamp: row.text('timestamp') };
    return { outcome: { index, ok: false, failure }, hash, key, planHash };
  }
  const bytes = recordOf(index, row);
  return { outcome: { index, ok: true, bytes }, hash, key, planHash };
}

function recordOf(index: number, row: Fields): Uint8Array {
  try {
    return recordFromJson({ record: row.value('record'), record_base64: row.value('record_base64') });
  } catch (error) {
    throw new Error(`pair ${index}: ${messageOf(error)}`);
  }
}

/** The outcomes of one segment. */
class Gathered {
  readonly #first: number;
  readonly #frames = new FrameWriter();
  readonly #failures: (StageRecord & { ok: false })['failure'][] = [];
  readonly #hashes: number[] = [];
  readonly #keys: Uint8Array[] = [];

  constructor(first: number) {
    this.#first = first;
  }

  add({ outcome, hash, key }: Row): void {
    const expected = this.#first + this.#hashes.length;
    if (outcome.index !== expected) throw new Error(`pair ${outcome.index} stands where pair ${expected} is due`);
    if (outcome.ok) this.#frames.add(outcome.index, outcome.bytes);
    else this.#failures.push(outcome.failure);
    this.#hashes.push(hash);
    if (key !== undefined) this.#keys.push(Buffer.from(key, 'hex'));
  }

  commit(planHash: string) {
    const frames = this.#frames.take();
    return {
      pass: 0,
      first: this.#first,
      last: this.#first + this.#hashes.length - 1,
      frames: [frames],
      failures: this.#failures,
      planHash,
      pairHashes: Uint32Array.from(this.#hashes),
      keys: this.#keys.length === this.#hashes.length ? Buffer.concat(this.#keys) : new Uint8Array(),
      // The files are another machine's, or were touched on the way.
      stamps: [],
    };
  }
}

/** What is wrong with the file, as an error with a code. */
async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw error;
    throw new CheckpointError('interchange_invalid', `the export cannot be read: ${messageOf(error)}`);
  }
}

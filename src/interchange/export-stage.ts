import type { StageReading } from '../checkpoint/read-stage.ts';
import type { ManifestPart, PairKey, StageRecord } from '../checkpoint/stage-reader.ts';
import { CheckpointError } from '../errors.ts';
import { recordToJson } from './record-json.ts';
import { KeyChecksum, RowChecksum } from './row-checksum.ts';

export const INTERCHANGE_FORMAT = 'midiloom-interchange';
export const INTERCHANGE_VERSION = 1;

/**
 * A stage in the interchange form: a checkpoint whose `processed_data` is the list of its outcomes, one a line, in index
 * order; every pair's latest, failures included. Yields the text in pieces; holds one segment per pass.
 */
export async function* exportStage(stage: StageReading): AsyncGenerator<string> {
  const { checkpoint, bad, missing, reader } = stage;
  const [damaged] = bad;
  if (damaged !== undefined) {
    const { sequence, file, reason } = damaged;
    throw new CheckpointError('segment_corrupt', `segment ${sequence} (${file}) is not good: ${reason}`);
  }
  if (missing.size > 0) {
    throw new CheckpointError(
      'segment_missing',
      `${missing.size} pairs of stage ${checkpoint.stage} are to be made again, as their segments are lost; run \`midiloom process\` first`,
    );
  }
  const { processed_data, failed, in_progress, ...head } = checkpoint;
  yield `${openedObject({ format: INTERCHANGE_FORMAT, version: INTERCHANGE_VERSION, ...head, in_progress: [] })}\n  "processed_data": [`;
  const checksum = new RowChecksum();
  const manifest = new ManifestCursor(reader.manifest());
  const keys = new KeyCursor(reader.keys());
  let separator = '\n';
  for await (const outcome of reader.records()) {
    const { pairHash, planHash } = await manifest.at(outcome.index);
    checksum.add(outcome, pairHash);
    const key = await keys.at(outcome.index);
    const row = {
      ...rowOf(outcome, pairHash),
      ...(key === undefined ? {} : { key }),
      ...(planHash === undefined ? {} : { plan_hash: planHash }),
    };
    yield `${separator}    ${JSON.stringify(row)}`;
    separator = ',\n';
  }
  yield `\n  ],\n  "failed": ${JSON.stringify(failed)},\n  "records_checksum": ${JSON.stringify(checksum.digest())},\n  "keys_checksum": ${JSON.stringify(keys.digest())}\n}\n`;
}

/** An object as text, without its closing brace. */
function openedObject(value: object): string {
  return `${JSON.stringify(value, null, 2).slice(0, -2)},`;
}

function rowOf(outcome: StageRecord, hash: number): object {
  const { index } = outcome;
  if (outcome.ok) return { index, hash, ok: true, ...recordToJson(outcome.bytes) };
  const { code, error, timestamp } = outcome.failure;
  return { index, hash, ok: false, code, error, timestamp };
}

/** What the main pass noted of the manifest; asked in index order. */
class ManifestCursor {
  readonly #parts: AsyncIterator<ManifestPart>;
  #part: ManifestPart | undefined;

  constructor(parts: AsyncIterable<ManifestPart>) {
    this.#parts = parts[Symbol.asyncIterator]();
  }

  /** The pair's hash, and the manifest's up to it where a segment ended. */
  async at(index: number): Promise<{ readonly pairHash: number; readonly planHash: string | undefined }> {
    while (this.#part === undefined || index >= this.#part.first + this.#part.hashes.length) {
      const next = await this.#parts.next();
      if (next.done === true)
        throw new CheckpointError('segment_missing', `no segment says what the manifest had of pair ${index}`);
      this.#part = next.value;
    }
    const { first, hashes, planHash } = this.#part;
    const isLast = index === first + hashes.length - 1;
    return { pairHash: hashes[index - first] ?? 0, planHash: isLast ? planHash : undefined };
  }
}

/** What pairs are known by, in hex, where that was noted; asked in index order. */
class KeyCursor {
  readonly #keys: AsyncIterator<PairKey>;
  readonly #checksum = new KeyChecksum();
  #next: IteratorResult<PairKey> | undefined;

  constructor(keys: AsyncIterable<PairKey>) {
    this.#keys = keys[Symbol.asyncIterator]();
  }

  async at(index: number): Promise<string | undefined> {
    this.#next ??= await this.#keys.next();
    while (!this.#next.done && this.#next.value.index < index) this.#next = await this.#keys.next();
    if (this.#next.done || this.#next.value.index !== index) return undefined;
    const key = Buffer.from(this.#next.value.key).toString('hex');
    this.#checksum.add(index, key);
    return key;
  }

  digest(): string {
    return this.#checksum.digest();
  }
}

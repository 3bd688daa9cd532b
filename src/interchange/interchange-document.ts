import { CheckpointError, ConfigError, MidiloomError, messageOf } from '../errors.ts';
import { ByteWindow } from '../manifest/bytes/byte-window.ts';
import { DEFAULT_MANIFEST_LIMITS } from '../manifest/limits.ts';
import { ManifestFault } from '../manifest/manifest-fault.ts';
import { JsonCursor } from '../manifest/readers/json-cursor.ts';
import { interchangeBytes } from './interchange-bytes.ts';

/** Longest row; far above any of ours as JSON. */
const LIMITS = { ...DEFAULT_MANIFEST_LIMITS, maxRecordBytes: 256 * 1024 * 1024 };
/** Lists that may be long. */
const LISTS: ReadonlySet<string> = new Set(['processed_data', 'completed', 'in_progress', 'failed']);

/** One checkpoint in a file: its fields, and where its lists are. */
export interface InterchangeCheckpoint {
  readonly fields: ReadonlyMap<string, unknown>;
  /** By name; a bare list counts as `processed_data`. */
  readonly lists: ReadonlyMap<string, RowList>;
}

export interface RowList {
  readonly length: number;
  /** Reads the list again, one row at a time. */
  rows(): AsyncGenerator<unknown>;
}

/**
 * The checkpoints in a file: one object, a bare list, or an object with several under `stages`. Reads it once from end to
 * end, and keeps no row.
 *
 * @throws CheckpointError `interchange_invalid` with the byte of the fault; ConfigError `file_unreadable`.
 */
export async function openInterchange(file: string): Promise<readonly InterchangeCheckpoint[]> {
  return explained(file, async () => {
    const window = await ByteWindow.open(await interchangeBytes(file), 0, LIMITS);
    try {
      const cursor = new JsonCursor(window, LIMITS);
      const found = await takeDocument(cursor, file);
      if ((await cursor.peek()) !== undefined) throw cursor.fault('nothing may follow the end of the JSON document');
      return found;
    } finally {
      await window.close();
    }
  });
}

async function takeDocument(cursor: JsonCursor, file: string): Promise<readonly InterchangeCheckpoint[]> {
  if ((await cursor.peek()) === '[') {
    return [{ fields: new Map(), lists: new Map([['processed_data', await takeList(cursor, file)]]) }];
  }
  const stages: InterchangeCheckpoint[] = [];
  const whole = await takeCheckpoint(cursor, file, stages);
  return stages.length > 0 ? stages : [whole];
}

async function takeCheckpoint(
  cursor: JsonCursor,
  file: string,
  stages: InterchangeCheckpoint[],
): Promise<InterchangeCheckpoint> {
  const fields = new Map<string, unknown>();
  const lists = new Map<string, RowList>();
  if (!(await cursor.takeIf('{'))) throw cursor.fault('a checkpoint must be an object or a list');
  for (let isFirst = true; !(await cursor.takeIf('}')); isFirst = false) {
    if (!isFirst && !(await cursor.takeIf(','))) throw cursor.fault('"," or "}" must follow');
    const name = String(JSON.parse(await cursor.takeKey()));
    const opens = await cursor.peek();
    if (name === 'stages' && opens === '[') {
      await takeEach(cursor, async () => {
        stages.push(await takeCheckpoint(cursor, file, []));
      });
    } else if (LISTS.has(name) && opens === '[') lists.set(name, await takeList(cursor, file));
    else fields.set(name, await cursor.takeValue());
  }
  return { fields, lists };
}

async function takeList(cursor: JsonCursor, file: string): Promise<RowList> {
  await cursor.peek();
  const { position } = cursor;
  let length = 0;
  await takeEach(cursor, async () => {
    await cursor.skipValue();
    length++;
  });
  return { length, rows: () => readRows(file, position) };
}

async function* readRows(file: string, position: number): AsyncGenerator<unknown> {
  const window = await ByteWindow.open(await interchangeBytes(file), position, LIMITS);
  try {
    const cursor = new JsonCursor(window, LIMITS);
    await cursor.takeIf('[');
    for (let isFirst = true; !(await cursor.takeIf(']')); isFirst = false) {
      if (!isFirst && !(await cursor.takeIf(','))) throw cursor.fault('"," or "]" must follow');
      yield await cursor.takeValue();
    }
  } catch (error) {
    throw invalid(file, error);
  } finally {
    await window.close();
  }
}

async function takeEach(cursor: JsonCursor, take: () => Promise<void>): Promise<void> {
  await cursor.takeIf('[');
  for (let isFirst = true; !(await cursor.takeIf(']')); isFirst = false) {
    if (!isFirst && !(await cursor.takeIf(','))) throw cursor.fault('"," or "]" must follow');
    await take();
  }
}

async function explained<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw invalid(file, error);
  }
}

function invalid(file: string, error: unknown): unknown {
  if (error instanceof MidiloomError) return error;
  if (!(error instanceof ManifestFault))
    return new ConfigError('file_unreadable', `Cannot read ${file}: ${messageOf(error)}`);
  return new CheckpointError('interchange_invalid', `${file}, byte ${error.offset}: ${messageOf(error)}`);
}

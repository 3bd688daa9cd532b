import { ConfigError } from '../errors.ts';
import { MIDI_FIELDS, TEXT_FIELDS } from '../manifest/field-names.ts';
import type { InputOptions } from '../manifest/input-options.ts';
import { openPlan } from '../manifest/open-plan.ts';
import type { Pair } from '../manifest/pair.ts';
import type { InterchangeCheckpoint, RowList } from './interchange-document.ts';

/** Which pair a row belongs to; `undefined` where none. */
export type PlaceRow = (row: unknown, position: number) => number | undefined;

export interface PlacingOptions {
  /** Needed where rows name their MIDI file instead of an index. */
  readonly inputFile?: string | undefined;
  /** How it is read. */
  readonly input?: Omit<InputOptions, 'inputFile'> | undefined;
  /** The user vouches for it that the row at place n is of pair n. */
  readonly byPosition?: boolean | undefined;
}

const INDEX_FIELDS = ['index', 'idx', 'pair_index'] as const;
const PATH_FIELDS = [...MIDI_FIELDS, 'file', 'filename'];
const BATCH_PAIRS = 512;

/**
 * How the rows of another program find their pairs: by an index of their own, by the path of their MIDI file (and their
 * caption, where several pairs share the file), or by their place where that is sure. A row is never placed by its position in
 * a list that may have been filtered.
 *
 * @throws ConfigError `rows_without_index`, `manifest_needed`.
 */
export async function placing(
  { fields }: InterchangeCheckpoint,
  rows: RowList,
  options: PlacingOptions,
): Promise<PlaceRow> {
  const [first] = await take(rows.rows(), 1);
  if (first === undefined || indexOf(first) !== undefined) return indexOf;
  if (pathOf(first) !== undefined && options.inputFile !== undefined)
    return placingByPath({ ...options.input, inputFile: options.inputFile });
  if (options.byPosition || fields.get('last_processed_idx') === rows.length - 1) return (_, position) => position;
  if (pathOf(first) !== undefined) {
    throw new ConfigError(
      'manifest_needed',
      'The rows name their MIDI files; give the manifest with --input_file, so that they find their pairs.',
    );
  }
  throw new ConfigError(
    'rows_without_index',
    'The rows have neither an index nor a MIDI file. If the row at place n is of pair n for certain, say --by_position.',
  );
}

function indexOf(row: unknown): number | undefined {
  const value = isObject(row) ? INDEX_FIELDS.map((name) => row[name]).find((each) => each !== undefined) : row;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff ? value : undefined;
}

function pathOf(row: unknown): string | undefined {
  return isObject(row) ? textAt(row, PATH_FIELDS) : typeof row === 'string' ? row : undefined;
}

async function placingByPath(input: InputOptions): Promise<PlaceRow> {
  const byPath = new Map<string, number | undefined>();
  const byPathAndText = new Map<string, number | undefined>();
  const note = (map: Map<string, number | undefined>, key: string, { index }: Pair): void => {
    map.set(key, map.has(key) ? undefined : index);
  };
  const plan = await openPlan({ ...input, textOptional: undefined });
  for await (const { pairs } of plan.batches(0, BATCH_PAIRS)) {
    for (const pair of pairs) {
      if (pair.midiFile === undefined) continue;
      note(byPath, pair.midiFile, pair);
      note(byPathAndText, keyOf(pair.midiFile, pair.text), pair);
    }
  }
  return (row) => {
    const path = pathOf(row);
    if (path === undefined) return undefined;
    return byPath.get(path) ?? byPathAndText.get(keyOf(path, isObject(row) ? textAt(row, TEXT_FIELDS) : undefined));
  };
}

function keyOf(path: string, text: string | undefined): string {
  return JSON.stringify([path, text ?? null]);
}

function textAt(row: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = row[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

async function take<T>(items: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) {
    if (taken.push(item) === count) break;
  }
  return taken;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

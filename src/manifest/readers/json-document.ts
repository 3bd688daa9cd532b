import type { ByteInput } from '../bytes/byte-input.ts';
import { ByteWindow } from '../bytes/byte-window.ts';
import { located } from '../bytes/located.ts';
import type { FieldNames } from '../field-names.ts';
import type { ManifestLimits } from '../limits.ts';
import { ManifestFault } from '../manifest-fault.ts';
import { JsonCursor } from './json-cursor.ts';

/** What the top of a JSON document is. */
export type JsonLayout =
  /** Arrays of records, each behind its bracket; `split` where the key of one names a split. */
  | { readonly kind: 'arrays'; readonly arrays: readonly RecordArray[] }
  /** `{"<id>": {…record}, …}` */
  | { readonly kind: 'keyed'; readonly offset: number }
  /** `{"<field>": {"<row>": value, …}, …}` or `{"<field>": [value, …], …}`, as pandas writes */
  | { readonly kind: 'columns' }
  /** `{"columns": […], "data": [[…], …]}`, as pandas writes with orient="split" */
  | { readonly kind: 'matrix' }
  /** One object that is itself a record. */
  | { readonly kind: 'record' }
  | { readonly kind: 'unknown'; readonly fault: ManifestFault };

export interface RecordArray {
  readonly split: string | undefined;
  /** Position behind the opening bracket. */
  readonly offset: number;
  /** Whether it is the document, so that nothing may follow it. */
  readonly isDocument: boolean;
}

type ValueKind = 'records' | 'empty' | 'rows' | 'list' | 'object' | 'text' | 'other';

interface Entry {
  readonly key: string;
  readonly kind: ValueKind;
  /** Behind the bracket, where there is one. */
  readonly offset: number;
  /** Where the key is for the second time, if it is. */
  readonly isAgain?: number | undefined;
}

const SPLIT_NAMES: ReadonlySet<string> = new Set(['train', 'training', 'validation', 'valid', 'val', 'dev', 'test']);

/**
 * Reads the document once, without its records, and says how it is laid out.
 *
 * @param takesTexts - whether an object of texts and lists of texts is a list of captions by key
 * @throws ManifestFault
 */
export async function surveyDocument(
  input: ByteInput,
  names: FieldNames,
  limits: ManifestLimits,
  takesTexts = false,
): Promise<JsonLayout> {
  const window = await ByteWindow.open(input, 0, limits);
  try {
    const cursor = new JsonCursor(window, limits);
    if (await cursor.takeIf('[')) {
      return { kind: 'arrays', arrays: [{ split: undefined, offset: cursor.position, isDocument: true }] };
    }
    if (!(await cursor.takeIf('{'))) throw cursor.fault('a JSON manifest must be an array or an object');
    const inside = cursor.position;
    const entries = await takeEntries(cursor, limits);
    if ((await cursor.peek()) !== undefined) throw cursor.fault('nothing may follow the end of the JSON document');
    return layoutOf(entries, inside, names, takesTexts);
  } catch (error) {
    throw await located(error, input);
  } finally {
    await window.close();
  }
}

async function takeEntries(cursor: JsonCursor, limits: ManifestLimits): Promise<readonly Entry[]> {
  const entries = new Map<string, Entry>();
  const seen = { records: 0 };
  if (await cursor.takeIf('}')) return [];
  do {
    await cursor.peek();
    const keyOffset = cursor.position;
    const key = await takeName(cursor);
    const entry = await takeEntry(cursor, key);
    const isAgain = entries.has(key) ? keyOffset : undefined;
    // A document of a million records by key needs no list of them: what the first say holds for all.
    if (entry.kind === 'records' || seen.records++ < limits.maxColumns) entries.set(key, { ...entry, isAgain });
  } while (await cursor.takeIf(','));
  if (!(await cursor.takeIf('}'))) throw cursor.fault('"," or "}" must follow a value');
  return [...entries.values()];
}

async function takeName(cursor: JsonCursor): Promise<string> {
  const quoted = await cursor.takeKey();
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw cursor.fault('the key before this is not a JSON string');
  }
}

async function takeEntry(cursor: JsonCursor, key: string): Promise<Entry> {
  const first = await cursor.peek();
  const offset = cursor.position + 1;
  const kind = first === '{' ? 'object' : first === '"' ? 'text' : first === '[' ? undefined : 'other';
  if (kind !== undefined) {
    await cursor.skipValue();
    return { key, kind, offset };
  }
  await cursor.takeIf('[');
  const element = await cursor.peek();
  if (await cursor.takeIf(']')) return { key, kind: 'empty', offset };
  await cursor.skipRest();
  return { key, kind: element === '{' ? 'records' : element === '[' ? 'rows' : 'list', offset };
}

function layoutOf(entries: readonly Entry[], inside: number, names: FieldNames, takesTexts: boolean): JsonLayout {
  const ofKind = (...kinds: readonly ValueKind[]): readonly Entry[] =>
    entries.filter(({ kind }) => kinds.includes(kind));
  const pairs = entries.find(({ key }) => key === 'pairs');
  if (pairs !== undefined && (pairs.kind === 'records' || pairs.kind === 'empty')) return arraysOf([pairs]);
  if (pairs !== undefined && pairs.kind === 'list') return arraysOf([pairs]); // Each element is a failure of its own.
  if (ofKind('text').some(({ key }) => names.midi.includes(key))) return { kind: 'record' };
  const arrays = ofKind('records');
  const splits = ofKind('records', 'empty').filter(({ key }) => SPLIT_NAMES.has(key.toLowerCase()));
  if (splits.length > 0 && arrays.every((each) => splits.includes(each))) return arraysOf(splits, true);
  if (arrays.length === 1) return arraysOf(arrays);
  if (arrays.length > 1) {
    const keys = arrays.map(({ key }) => JSON.stringify(key)).join(', ');
    throw new ManifestFault(inside, `the document has several arrays of records: ${keys}; leave the one that is meant`);
  }
  if (ofKind('rows').some(({ key }) => key === 'data') && ofKind('list').some(({ key }) => key === 'columns')) {
    return { kind: 'matrix' };
  }
  const objects = ofKind('object');
  const isNamed = (entry: Entry): boolean => names.midi.includes(entry.key);
  if (ofKind('object', 'list').some(isNamed)) return { kind: 'columns' };
  if (objects.length > 0 && objects.length === entries.length) return { kind: 'keyed', offset: inside };
  if (takesTexts && ofKind('text', 'list', 'empty').length === entries.length) return { kind: 'keyed', offset: inside };
  const empty = ofKind('empty');
  if (empty.length > 0) return arraysOf(empty.slice(0, 1));
  const found = entries.slice(0, 12).map(({ key }) => JSON.stringify(key));
  const has = found.length === 0 ? 'is empty' : `has ${found.join(', ')}`;
  const advice =
    'put them into {"pairs": [...]}, or one on each line, or name the field of the MIDI file by --midi_field';
  const fault = new ManifestFault(inside, `the object ${has}, and nowhere an array of records; ${advice}`);
  return { kind: 'unknown', fault };
}

function arraysOf(entries: readonly Entry[], areSplits = false): JsonLayout {
  const again = entries.find(({ isAgain }) => isAgain !== undefined);
  if (again?.isAgain !== undefined) {
    throw new ManifestFault(again.isAgain, `a second ${JSON.stringify(again.key)}; join the two arrays`);
  }
  return {
    kind: 'arrays',
    arrays: entries.map(({ key, offset }) => ({ split: areSplits ? key : undefined, offset, isDocument: false })),
  };
}

import { createHash } from 'node:crypto';
import { ConfigError } from '../errors.ts';
import { CaptionTable } from './caption-table.ts';
import { type FieldNames, fieldNames, KNOWN_FIELDS } from './field-names.ts';
import type { InputOptions, JoinKey } from './input-options.ts';
import { DEFAULT_MANIFEST_LIMITS } from './limits.ts';
import { explained } from './manifest-errors.ts';
import type { ManifestRecord } from './manifest-record.ts';
import { readContainedFile } from './read-contained-file.ts';
import { openReader } from './readers/open-reader.ts';
import { START } from './readers/record-reader.ts';
import { valueAt } from './value-at.ts';

const MD5 = /^[0-9a-f]{32}$/i;
const EXTENSIONS = /(?:\.(?:mid|midi|kar|rmi|smf|txt|caption|json|gz))+$/i;
const MAX_MIDI_BYTES = 64 * 1024 * 1024;

/** What a record is asked for its captions by. */
export interface CaptionQuestion {
  readonly id: string | undefined;
  readonly midiFile: string | undefined;
  readonly record: ManifestRecord;
}

/** The captions of a file of their own, by key (`CaptionTable`). */
export interface JoinedCaptions {
  /** A text, or several as a list; `undefined` for none. */
  readonly find: (question: CaptionQuestion) => unknown;
  /** How many were read, and under how many keys. */
  readonly notes: () => readonly string[];
}

/**
 * Reads `--captions_file`, in any format that a manifest may have. Its records have a text, and a key: an id, the name of
 * a MIDI file (a path, or only its last part), or an MD5; `{"key": "text"}` and `{"key": ["text", …]}` do as well.
 *
 * @throws ConfigError `fields_missing` where no record has both
 */
export async function readJoinedCaptions(
  file: string,
  key: JoinKey,
  root: string,
  options: InputOptions,
): Promise<JoinedCaptions> {
  const names = fieldNames({ textField: options.textField, idField: options.idField });
  const captions = new CaptionTable();
  let without = 0;
  try {
    const reader = await openReader(file, {
      names,
      encoding: options.encoding ?? 'auto',
      allowOutside: false,
      limits: options.limits ?? DEFAULT_MANIFEST_LIMITS,
      takesAnyTable: true,
      passedOver: { junk: 0, links: 0 },
    });
    for await (const { records } of reader.blocks(START)) {
      for (const { record } of records) {
        const text = record === undefined ? undefined : textOf(record, names);
        const own = record === undefined ? undefined : keyOf(record, key, names);
        if (text === undefined || own === undefined) without++;
        else captions.add(own, text);
      }
    }
  } catch (error) {
    throw explained(file, error);
  }
  if (captions.count === 0) {
    const advice = 'name the text by --text_field, and what joins by --join_on (and --id_field)';
    throw new ConfigError('fields_missing', `${file}: no record has a text and a ${key} to join on; ${advice}.`);
  }
  return {
    find(question) {
      for (const each of questionKeys(question, key, root, options)) {
        const found = captions.find(each);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    notes: () => [
      `${file}: captions under ${captions.keys} keys, of which ${captions.used} found a MIDI file${without > 0 ? `; ${without} records have no text or no ${key}` : ''}`,
    ],
  };
}

function textOf(record: ManifestRecord, names: FieldNames): unknown {
  return names.text
    .map((name) => valueAt(record, name))
    .find((value) => (typeof value === 'string' && value !== '') || (Array.isArray(value) && value.length > 0));
}

/** The key of a record of captions. One that is only a name joins by name, one of a path by the path. */
function keyOf(record: ManifestRecord, key: JoinKey, names: FieldNames): string | undefined {
  const id = scalarAt(record, names.id);
  if (key === 'id') return id;
  const name = scalarAt(record, [...KNOWN_FIELDS.midi, 'name', 'stem']) ?? id;
  if (key === 'name') return name === undefined ? undefined : nameKey(name);
  return md5In(scalarAt(record, ['md5', 'midi_md5', 'hash']), name);
}

function questionKeys(
  { id, midiFile, record }: CaptionQuestion,
  key: JoinKey,
  root: string,
  options: InputOptions,
): readonly string[] {
  if (key === 'id') return id === undefined ? [] : [id];
  if (midiFile === undefined) return [];
  const name = nameKey(midiFile);
  if (key === 'name') return [name, name.slice(name.lastIndexOf('/') + 1)];
  const md5 = md5In(scalarAt(record, ['md5', 'midi_md5']), midiFile) ?? md5OfFile(root, midiFile, options);
  return md5 === undefined ? [] : [md5];
}

function scalarAt(record: ManifestRecord, names: readonly string[]): string | undefined {
  const value = names
    .map((name) => valueAt(record, name))
    .find((each) => each !== undefined && each !== null && each !== '');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function md5In(...texts: readonly (string | undefined)[]): string | undefined {
  for (const text of texts) {
    const stem = text === undefined ? '' : nameKey(text).replace(/^.*\//, '');
    if (MD5.test(stem)) return stem.toLowerCase();
  }
  return undefined;
}

function md5OfFile(root: string, path: string, { allowOutside = false }: InputOptions): string | undefined {
  const file = readContainedFile(root, path, { allowOutside, maxBytes: MAX_MIDI_BYTES });
  return file.ok ? createHash('md5').update(file.bytes).digest('hex') : undefined;
}

function nameKey(path: string): string {
  return path
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(EXTENSIONS, '');
}

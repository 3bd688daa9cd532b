import { readNpy } from '../read-npy.ts';
import { readTar } from './read-tar.ts';
import { type ReadRow, rowOf } from './row-source.ts';

/** Columns of `<key>.json` that are the text of their JSON. */
const AS_TEXT: readonly string[] = [
  'midi_file',
  'midi_metadata',
  'text_features',
  'duplicate_group',
  'agreement',
  'quality',
  'window',
];

/** The rows of some archives: the files of a row follow each other and begin with its key. */
export async function* webdatasetRows(files: readonly string[]): AsyncGenerator<ReadRow> {
  for (const path of files) {
    let key: string | undefined;
    let members = new Map<string, Buffer>();
    for await (const { name, content } of readTar(path)) {
      const dot = name.indexOf('.');
      const [stem, extension] = [name.slice(0, dot), name.slice(dot + 1)];
      if (key !== undefined && stem !== key) {
        yield rowOfMembers(key, members);
        members = new Map();
      }
      key = stem;
      members.set(extension, content);
    }
    if (key !== undefined) yield rowOfMembers(key, members);
  }
}

function rowOfMembers(key: string, members: ReadonlyMap<string, Buffer>): ReadRow {
  const textOf = (extension: string): string => {
    const content = members.get(extension);
    if (content === undefined) throw new Error(`${key} has no .${extension}`);
    return content.toString();
  };
  const facts = rowOf(JSON.parse(textOf('json')));
  const unpacked = AS_TEXT.filter((name) => name in facts).map((name) => [name, JSON.parse(String(facts[name]))]);
  const { text_features: features, ...others }: ReadRow = { ...facts, ...Object.fromEntries(unpacked) };
  const embedding = members.get('embedding.npy');
  const values = embedding === undefined ? null : readNpy(embedding).values;
  if (Number(key.split('-')[0]) !== facts.index) throw new Error(`${key} has the row of pair ${facts.index}`);
  return {
    ...others,
    // A row without caption has an empty file, and no features of one.
    text_description: features === null ? null : textOf('txt'),
    midi_tokens: JSON.parse(textOf('tokens.json')),
    text_features: features === null ? null : { ...rowOf(features), embedding: values?.length === 0 ? null : values },
  };
}

import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import type { RecordBlock, RecordReader, Span } from './record-reader.ts';

const MIDI_EXTENSIONS: ReadonlySet<string> = new Set(['.mid', '.midi', '.kar', '.rmi']);
const TEXT_EXTENSION = '.txt';
/** Between the two paths of a record; no path can hold it. */
const NUL = '\0';

/**
 * A string with one character per byte (latin1): compares as the bytes do, and holds names that are not UTF-8.
 * Cheaper than a Buffer for each name.
 */
type ByteString = string;

/**
 * A folder with MIDI files at any depth, in byte order of their relative paths, each with the text file of the same
 * stem beside it. Links are not followed. The record of a pair is its relative path, and after a NUL that of its text.
 * A name that is not UTF-8 cannot be spelled in a data set: its pair fails later as a file that is not there.
 */
export function folderReader(inputFolder: string): RecordReader {
  return {
    format: 'folder',
    preamble: Buffer.alloc(0),
    blocks: (position) => blocksOf(Buffer.from(inputFolder).toString('latin1'), position),
    decode({ bytes }, { start, end }) {
      const [midiFile, textFile] = bytes.toString('utf8', start, end).split(NUL);
      return textFile === undefined ? { midi_file: midiFile } : { midi_file: midiFile, text_file: textFile };
    },
  };
}

/** Positions count the bytes of all records before, as if they were the lines of a file. */
async function* blocksOf(root: ByteString, position: number): AsyncGenerator<RecordBlock> {
  let base = 0;
  for await (const records of recordsIn(root, '')) {
    const bytes = Buffer.from(records.join(''), 'latin1');
    const spans = spansOf(records).filter(({ start }) => base + start >= position);
    if (spans.length > 0) yield { bytes, base, spans };
    base += bytes.length;
  }
}

function spansOf(records: readonly ByteString[]): readonly Span[] {
  let start = 0;
  return records.map((record) => {
    const span = { start, end: start + record.length };
    start = span.end;
    return span;
  });
}

/** The records of a folder and all below it, in runs that no folder interrupts. `folder` is '' or ends with '/'. */
async function* recordsIn(root: ByteString, folder: ByteString): AsyncGenerator<readonly ByteString[]> {
  const { names, textOf } = await listFolder(root, folder);
  let run: ByteString[] = [];
  for (const name of names) {
    if (name.endsWith('/')) {
      if (run.length > 0) yield run;
      run = [];
      yield* recordsIn(root, folder + name);
    } else {
      const text = textOf.get(stemOf(name));
      run.push(folder + name + (text === undefined ? '' : NUL + folder + text));
    }
  }
  if (run.length > 0) yield run;
}

interface Listing {
  /** MIDI files and folders in order. Folders end with '/', which sorts them as the paths below them do. */
  readonly names: readonly ByteString[];
  readonly textOf: ReadonlyMap<ByteString, ByteString>;
}

async function listFolder(root: ByteString, folder: ByteString): Promise<Listing> {
  const path = Buffer.from(`${root}/${folder}`, 'latin1');
  const names: ByteString[] = [];
  const textOf = new Map<ByteString, ByteString>();
  for (const entry of await readdir(path, { encoding: 'buffer', withFileTypes: true })) {
    const name = entry.name.toString('latin1');
    const extension = extname(name).toLowerCase();
    if (entry.isDirectory()) names.push(`${name}/`);
    else if (entry.isFile() && MIDI_EXTENSIONS.has(extension)) names.push(name);
    else if (entry.isFile() && extension === TEXT_EXTENSION) addText(textOf, name);
  }
  return { names: names.sort(), textOf };
}

/** Where `song.txt` and `song.TXT` are both there, the one that sorts last counts, in whichever order they come. */
function addText(textOf: Map<ByteString, ByteString>, name: ByteString): void {
  const stem = stemOf(name);
  const other = textOf.get(stem);
  if (other === undefined || other < name) textOf.set(stem, name);
}

function stemOf(name: ByteString): ByteString {
  return name.slice(0, name.length - extname(name).length);
}

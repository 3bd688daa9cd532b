import { readdir, realpath, stat } from 'node:fs/promises';
import { codeOf } from '../../errors.ts';
import { isJunk } from '../junk.ts';
import type { ManifestRecord } from '../manifest-record.ts';
import type { ReadRecord, RecordReader } from './record-reader.ts';

const MIDI_EXTENSION = /\.(?:mid|midi|kar|rmi|smf)(?:\.gz)?$/i;
/** Captions beside a MIDI file, the preferred last; `.json` holds a text, a list of texts or an object with one. */
const TEXT_EXTENSIONS = ['.json', '.caption', '.txt'] as const;
const BLOCK_RECORDS = 1024;

/**
 * A string with one character per byte (latin1): compares as the bytes do, and holds names that are not UTF-8.
 * Cheaper than a Buffer for each name.
 */
type ByteString = string;

/** What a walk passed over. */
export interface PassedOver {
  /** Files that an operating system left behind. */
  junk: number;
  /** Links to folders. */
  links: number;
}

export interface FolderOptions {
  /** Whether links to folders are followed; links to files always are listed, and judged where they are opened. */
  readonly followLinks: boolean;
  /** Subfolders that give their files a split. */
  readonly splits?: ReadonlySet<string> | undefined;
  readonly passedOver: PassedOver;
}

/**
 * A folder with MIDI files at any depth, in byte order of their relative paths, each with the text beside it:
 * `song.mid` with `song.txt`, `song.caption`, `song.json`, or any of them behind the whole name (`song.mid.txt`).
 * A name that is not UTF-8 cannot be spelled in a data set: its pair fails later as a file that is not there.
 * Positions count records.
 */
export function folderReader(inputFolder: string, options: FolderOptions): RecordReader {
  return {
    format: 'folder',
    async *blocks({ part, offset }) {
      let next = 0;
      let records: ReadRecord[] = [];
      const entered = new Set([await realpath(inputFolder)]);
      const walk = { root: Buffer.from(inputFolder).toString('latin1'), options, entered };
      for await (const record of recordsIn(walk, '')) {
        if (next++ >= offset) records.push({ offset: next - 1, record: withSplit(record, options.splits) });
        if (records.length < BLOCK_RECORDS) continue;
        yield { part, records };
        records = [];
      }
      if (records.length > 0) yield { part, records };
    },
  };
}

interface Walk {
  readonly root: ByteString;
  readonly options: FolderOptions;
  /** Real paths of the folders that links led to, so that a circle ends. */
  readonly entered: Set<string>;
}

interface FolderRecord {
  readonly midi_file: string;
  readonly text_file?: string;
}

function withSplit(record: FolderRecord, splits: ReadonlySet<string> | undefined): ManifestRecord {
  const top = record.midi_file.split('/', 1)[0] ?? '';
  return splits?.has(top) === true ? { ...record, split: top } : { ...record };
}

/** The records of a folder and all below it. `folder` is '' or ends with '/'. */
async function* recordsIn(walk: Walk, folder: ByteString): AsyncGenerator<FolderRecord> {
  const { names, texts } = await listFolder(walk, folder);
  for (const name of names) {
    if (name.endsWith('/')) {
      yield* recordsIn(walk, folder + name);
      continue;
    }
    const text = texts.of(name);
    const midiFile = utf8(folder + name);
    yield text === undefined ? { midi_file: midiFile } : { midi_file: midiFile, text_file: utf8(folder + text) };
  }
}

function utf8(bytes: ByteString): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

interface Listing {
  /** MIDI files and folders in order. Folders end with '/', which sorts them as the paths below them do. */
  readonly names: readonly ByteString[];
  readonly texts: TextFiles;
}

async function listFolder(walk: Walk, folder: ByteString): Promise<Listing> {
  const { passedOver } = walk.options;
  const names: ByteString[] = [];
  const texts = new TextFiles();
  const path = Buffer.from(`${walk.root}/${folder}`, 'latin1');
  for (const entry of await readdir(path, { encoding: 'buffer', withFileTypes: true })) {
    const name = entry.name.toString('latin1');
    if (isJunk(name)) {
      passedOver.junk++;
      continue;
    }
    const kind = entry.isSymbolicLink() ? await linkKind(walk, folder + name) : entry.isDirectory() ? 'folder' : 'file';
    if (kind === 'folder') names.push(`${name}/`);
    else if (kind === 'passed over') passedOver.links++;
    else if (MIDI_EXTENSION.test(name)) {
      if (kind === 'link' || entry.isFile()) names.push(name);
    } else if (kind === 'link' || entry.isFile()) texts.add(name);
  }
  return { names: names.sort(), texts };
}

/** A link to a file may be listed whatever it leads to: what it leads to is looked at when it is opened. */
async function linkKind(
  { root, options, entered }: Walk,
  path: ByteString,
): Promise<'folder' | 'link' | 'passed over'> {
  const place = Buffer.from(`${root}/${path}`, 'latin1');
  try {
    if (!(await stat(place)).isDirectory()) return 'link';
    if (!options.followLinks) return 'passed over';
    const target = await realpath(place);
    if (entered.has(target)) return 'passed over';
    entered.add(target);
    return 'folder';
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return 'link'; // It leads nowhere, and its pair will say so.
  }
}

/** The files of a folder that may hold captions, found by the stem or the whole name of a MIDI file. */
class TextFiles {
  readonly #exact = new Map<ByteString, ByteString>();
  readonly #folded = new Map<ByteString, ByteString>();

  add(name: ByteString): void {
    const rank = rankOf(name);
    if (rank === -1) return;
    const stem = name.slice(0, name.lastIndexOf('.'));
    this.#prefer(this.#exact, stem, name);
    this.#prefer(this.#folded, stem.toLowerCase(), name);
  }

  /** The text of a MIDI file: by its very name, then whatever the case. */
  of(midi: ByteString): ByteString | undefined {
    const stem = midi.replace(MIDI_EXTENSION, '');
    const [whole, folded] = [stem, midi].map((key) => this.#exact.get(key));
    return whole ?? folded ?? this.#folded.get(stem.toLowerCase()) ?? this.#folded.get(midi.toLowerCase());
  }

  /** Where several have the stem the preferred extension counts, and of `song.txt` and `song.TXT` the one that sorts last. */
  #prefer(map: Map<ByteString, ByteString>, stem: ByteString, name: ByteString): void {
    const other = map.get(stem);
    if (other === undefined || rankOf(name) > rankOf(other) || (rankOf(name) === rankOf(other) && name > other)) {
      map.set(stem, name);
    }
  }
}

function rankOf(name: ByteString): number {
  const lower = name.toLowerCase();
  return TEXT_EXTENSIONS.findIndex((extension) => lower.endsWith(extension));
}

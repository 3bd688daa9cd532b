import { crc32 } from 'node:zlib';
import { type Caption, type CaptionRule, chooseCaptions, kindOf, NO_CAPTION, notText } from './choose-captions.ts';
import { chosenEmbedded, type EmbeddedMidi, nameOf } from './embedded-midi.ts';
import { type FieldNames, fieldNames, KNOWN_FIELDS } from './field-names.ts';
import { type FoundFields, findFields } from './find-fields.ts';
import type { InputOptions } from './input-options.ts';
import type { JoinedCaptions } from './joined-captions.ts';
import { DEFAULT_MANIFEST_LIMITS } from './limits.ts';
import { isPlainObject, type ManifestRecord } from './manifest-record.ts';
import type { ReadRecord } from './readers/record-reader.ts';

/** Why a pair cannot be worked on though it is there. */
export interface PairFault {
  readonly code: string;
  readonly error: string;
}

/** One item of the input. */
export interface Pair {
  /** Position among the pairs, 0-based. */
  readonly index: number;
  /** The manifest's own, else the index of the record's first pair in eight digits. */
  readonly id: string;
  /** Set where the id is the manifest's own. */
  readonly hasOwnId?: boolean;
  /** As written in the manifest; unchecked, may leave the MIDI root. */
  readonly midiFile: string | undefined;
  /** Where the MIDI file lies in the manifest itself; then `midiFile` is only what it is called. */
  readonly embedded?: EmbeddedMidi;
  readonly text: string | undefined;
  /** Path of a file with the text, as written; only where `text` is `undefined`. */
  readonly textFile: string | undefined;
  /** Which of the record's captions, where it has a list of them: pairs of one record have one MIDI file. */
  readonly captionIndex?: number | undefined;
  /** Whether the pair before is of the same record, and so has the same MIDI file. */
  readonly isLaterCaption?: boolean;
  /** The part of the data set that the manifest puts the pair into. */
  readonly split?: string | undefined;
  /** What is wrong with the record as a whole, with its MIDI field, with its text. */
  readonly midiFault?: PairFault | undefined;
  readonly textFault?: PairFault | undefined;
  /** Every other field; the entries of a `metadata` object come first. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** CRC-32 of what the stages take of the pair. */
  readonly hash: number;
}

/** Under which names the first pair has its MIDI file and its text; `null` where it has none. */
export interface PlanFields {
  readonly midi: string | null;
  readonly text: string | null;
}

/** How records are understood. */
export interface Understanding {
  readonly names: FieldNames;
  readonly captions: CaptionRule;
  /** Captions in a file of their own. */
  readonly joined?: JoinedCaptions | undefined;
  /** Largest metadata of one pair, in bytes of its JSON. */
  readonly maxMetadataBytes: number;
}

export function understandingOf(options: Omit<InputOptions, 'inputFile'>): Understanding {
  const names = fieldNames(options);
  const captions = { choice: options.captions ?? 'all', seed: options.seed ?? 0, names: KNOWN_FIELDS.text };
  return { names, captions, maxMetadataBytes: (options.limits ?? DEFAULT_MANIFEST_LIMITS).maxMetadataBytes };
}

/** A record understood as far as the stages need it; it becomes one pair or, by its captions, several. */
export interface Piece {
  readonly fields: FoundFields | undefined;
  readonly midiFile: string | undefined;
  readonly embedded: EmbeddedMidi | undefined;
  readonly midiFault: PairFault | undefined;
  readonly captions: readonly Caption[];
  readonly textFile: string | undefined;
  readonly textFault: PairFault | undefined;
}

/**
 * Understands a record. A field of the wrong type stays in the metadata, and the pair becomes a failure record later, not
 * an exception here.
 *
 * @param folder - where its paths start, relative to the root
 */
export function pieceOf(read: ReadRecord, understanding: Understanding, folder?: string): Piece {
  const { names, captions: rule, maxMetadataBytes } = understanding;
  if (read.record === undefined) return brokenPiece(`${read.place}: ${read.fault}`);
  const fields = findFields(read.record, names);
  if (read.isLarge) {
    const sizeBytes = Buffer.byteLength(JSON.stringify(metadataOf(read.record, fields)));
    const seen = `byte ${read.offset}: the record has ${sizeBytes} bytes of metadata; at most ${maxMetadataBytes} are allowed`;
    if (sizeBytes > maxMetadataBytes) return brokenPiece(seen);
  }
  const { midi, text, textFile, wrongMidi, wrongText } = fields;
  const isKnownName = names.midi === KNOWN_FIELDS.midi;
  const embedded = chosenEmbedded(read.embedded, isKnownName ? undefined : names.midi);
  const named = inFolder(stringOf(midi?.value), folder);
  const midiFile = embedded === undefined ? named : nameOf({ ...embedded, path: embedded.path ?? named });
  const joined = understanding.joined?.find({ id: idOf(fields), midiFile, record: read.record });
  const caption = joined ?? text?.value;
  return {
    fields,
    midiFile,
    embedded,
    midiFault:
      wrongMidi === undefined || embedded !== undefined
        ? undefined
        : {
            code: 'missing_midi',
            error: `${JSON.stringify(wrongMidi.name)} is ${kindOf(wrongMidi.value)}, not a path`,
          },
    captions: caption === undefined ? NO_CAPTION : chooseCaptions(caption, midiFile ?? '', rule),
    textFile: joined === undefined ? inFolder(stringOf(textFile?.value), folder) : undefined,
    textFault:
      wrongText === undefined || joined !== undefined
        ? undefined
        : notText(JSON.stringify(wrongText.name), wrongText.value),
  };
}

function brokenPiece(error: string): Piece {
  const fault = { code: 'record_invalid', error };
  const nothing = {
    fields: undefined,
    midiFile: undefined,
    embedded: undefined,
    textFile: undefined,
    captions: NO_CAPTION,
  };
  return { ...nothing, midiFault: fault, textFault: fault };
}

/** The pairs of a record, the first of them with index `first`. */
export function pairsOf(read: ReadRecord, piece: Piece, first: number): readonly Pair[] {
  const { fields, midiFile, embedded, midiFault, textFile, textFault } = piece;
  const record = read.record ?? {};
  const ownId = idOf(fields);
  const metadata = fields === undefined ? {} : metadataOf(record, fields);
  const split = splitOf(fields);
  return piece.captions.map((caption, place) => ({
    index: first + place,
    id: ownId ?? String(first).padStart(8, '0'),
    ...(ownId === undefined ? {} : { hasOwnId: true }),
    midiFile,
    ...(embedded === undefined ? {} : { embedded }),
    text: caption.text,
    textFile,
    ...(caption.index === undefined ? {} : { captionIndex: caption.index }),
    ...(place === 0 ? {} : { isLaterCaption: true }),
    ...(split === undefined ? {} : { split }),
    ...(midiFault === undefined ? {} : { midiFault }),
    ...((caption.fault ?? textFault) === undefined ? {} : { textFault: caption.fault ?? textFault }),
    metadata,
    hash: crc32(identityOf(read, piece, caption)),
  }));
}

/**
 * What the stages take of a pair, as one text: results belong to whatever has the same. Spacing, the order and names of
 * fields and the format of the manifest are no part of it, nor is what travels along (it is read anew when rows are written).
 */
export function identityOf(read: ReadRecord, piece: Piece, caption: Caption): string {
  const { embedded, textFile } = piece;
  const midiFile = embedded === undefined ? piece.midiFile : `content ${embedded.contentHash}`;
  if (piece.fields === undefined) return `broken ${read.record === undefined ? read.fault : piece.midiFault?.error}`;
  const text = caption.text ?? (textFile === undefined ? undefined : `file ${textFile}`);
  const wrong = piece.midiFault?.error ?? caption.fault?.error ?? piece.textFault?.error ?? '';
  return `${midiFile?.length ?? -1} ${midiFile ?? ''}\n${caption.text === undefined ? 'f' : 't'}${text ?? ''}\n${wrong}`;
}

/** The split that the manifest puts a record into. */
export function splitOf(fields: FoundFields | undefined): string | undefined {
  const value = fields?.split?.value;
  return value === undefined || value === '' ? undefined : String(value);
}

/** The id that the manifest gives a record. */
export function idOf(fields: FoundFields | undefined): string | undefined {
  const value = fields?.id?.value;
  return value === undefined || value === '' ? undefined : String(value);
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function inFolder(path: string | undefined, folder: string | undefined): string | undefined {
  const isRelative = path !== undefined && path !== '' && !/^(?:[\\/]|[A-Za-z]:)/.test(path);
  return folder !== undefined && isRelative ? `${folder}/${path}` : path;
}

/**
 * `Object.fromEntries` defines its keys, so that none of them can change a prototype. Where a field and the `metadata`
 * object have the same name and other values, the inner one is kept as `metadata.name`.
 */
function metadataOf(record: ManifestRecord, fields: FoundFields): Record<string, unknown> {
  const { midi, text, textFile, id } = fields;
  const used = new Set([midi?.name, text?.name, textFile?.name, idOf(fields) === undefined ? undefined : id?.name]);
  const nested = Object.hasOwn(record, 'metadata') ? record.metadata : undefined;
  const merges = isPlainObject(nested);
  const others = Object.entries(record).filter(([name]) => !used.has(name) && !(merges && name === 'metadata'));
  if (!merges) return Object.fromEntries(others);
  const outer = new Map(others);
  const inner = Object.entries(nested).map(([name, value]): [string, unknown] =>
    outer.has(name) && !isSame(outer.get(name), value) ? [`metadata.${name}`, value] : [name, value],
  );
  return Object.fromEntries([...inner, ...others]);
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

import { hash } from 'node:crypto';
import type { EncodingName } from '../manifest/bytes/encoding.ts';
import { fetchCaption, fetchFile } from '../manifest/fetched-file.ts';
import type { Pair, PairFault } from '../manifest/pair.ts';
import { readContainedFile } from '../manifest/read-contained-file.ts';
import { normalizeText } from '../text/normalize-text.ts';
import { unpackMidiRecord } from '../worker/midi-record.ts';
import { type CaptionAccess, readCaption } from '../worker/read-caption.ts';
import { unpackTextRecord } from '../worker/text-record.ts';

/** How inputs are read, as far as the same input gives other records by it and the fingerprint does not say so. */
export interface InputReading {
  /** What caption files are written in. */
  readonly encoding: EncodingName;
  /** Whether a pair may have no text. */
  readonly textOptional: boolean;
}

/** What a stage makes its records from. */
export interface StageInput {
  /** What the stage takes of a pair, as one text: pairs with the same have the same outcome while their file is the same. */
  readonly inputOf: (pair: Pair, reading: InputReading) => string;
  readonly fileOf: (pair: Pair) => string | undefined;
  /** Whether the file's content is what the record was made from, by what the record says of it. */
  readonly contentOf: (
    pair: Pair,
    record: Uint8Array,
    root: string,
    access: CaptionAccess,
  ) => Promise<'same' | 'changed' | 'gone'>;
}

export const MIDI_INPUT: StageInput = {
  inputOf: ({ midiFile, embedded, midiFault }) => {
    if (midiFault !== undefined) return faultText(midiFault);
    if (embedded !== undefined) return `content ${embedded.contentHash} ${midiFile}`;
    return midiFile === undefined ? 'nothing' : `file ${midiFile}`;
  },
  // What lies in the manifest is known by its content, and another content is another pair.
  fileOf: ({ midiFile, embedded }) => (embedded === undefined ? midiFile : undefined),
  contentOf: async ({ midiFile = '' }, record, root, access) => {
    const file = readContainedFile(root, midiFile, access, await fetchFile(root, midiFile, access));
    if (!file.ok) return 'gone';
    return hash('sha256', file.bytes) === unpackMidiRecord(record).metadata.sha256 ? 'same' : 'changed';
  },
};

export const TEXT_INPUT: StageInput = {
  inputOf: ({ text, textFile, textFault }, { encoding, textOptional }) => {
    if (textFault !== undefined) return faultText(textFault);
    if (text !== undefined && text !== '') return `text ${text}`;
    const file = textFile === undefined ? '' : `file ${encoding} ${textFile}`;
    return text === undefined && textFile !== undefined ? file : `nothing ${text === ''} ${textOptional} ${file}`;
  },
  fileOf: ({ text, textFile }) => (text === undefined || text === '' ? textFile : undefined),
  contentOf: async (pair, record, root, access) => {
    const caption = readCaption({ ...pair, fetched: await fetchCaption(pair, root, access) }, root, access);
    if (!caption.ok) return caption.code.startsWith('text_not_') ? 'changed' : 'gone';
    const { text: made } = unpackTextRecord(record);
    if (caption.text === undefined || made === null)
      return caption.text === undefined && made === null ? 'same' : 'changed';
    const text = normalizeText(caption.text);
    // What is at the ends of a file is no part of the caption, but was in version 0.1.0.
    return text.ok && text.text.trim() === made.trim() ? 'same' : 'changed';
  },
};

/** The place of a broken record is in its fault: one that has moved fails with another message. */
function faultText({ code, error }: PairFault): string {
  return `fault ${code} ${error}`;
}

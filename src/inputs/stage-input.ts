import { hash } from 'node:crypto';
import type { Pair } from '../manifest/pair.ts';
import { readContainedFile } from '../manifest/read-contained-file.ts';
import { normalizeText } from '../text/normalize-text.ts';
import { unpackMidiRecord } from '../worker/midi-record.ts';
import { type CaptionAccess, readCaption } from '../worker/read-caption.ts';
import { unpackTextRecord } from '../worker/text-record.ts';

/** What a stage makes its records from, where that is a file. */
export interface StageInput {
  readonly fileOf: (pair: Pair) => string | undefined;
  /** Whether the file's content is what the record was made from, by what the record says of it. */
  readonly contentOf: (
    pair: Pair,
    record: Uint8Array,
    root: string,
    access: CaptionAccess,
  ) => 'same' | 'changed' | 'gone';
}

export const MIDI_INPUT: StageInput = {
  // What lies in the manifest is known by its content, and another content is another pair.
  fileOf: ({ midiFile, embedded }) => (embedded === undefined ? midiFile : undefined),
  contentOf: ({ midiFile }, record, root, access) => {
    const file = readContainedFile(root, midiFile ?? '', access);
    if (!file.ok) return 'gone';
    return hash('sha256', file.bytes) === unpackMidiRecord(record).metadata.sha256 ? 'same' : 'changed';
  },
};

export const TEXT_INPUT: StageInput = {
  fileOf: ({ text, textFile }) => (text === undefined ? textFile : undefined),
  contentOf: (pair, record, root, access) => {
    const caption = readCaption(pair, root, access);
    if (!caption.ok) return caption.code.startsWith('text_not_') ? 'changed' : 'gone';
    const { text: made } = unpackTextRecord(record);
    if (caption.text === undefined || made === null)
      return caption.text === undefined && made === null ? 'same' : 'changed';
    const text = normalizeText(caption.text);
    // What is at the ends of a file is no part of the caption, but was in version 0.1.0.
    return text.ok && text.text.trim() === made.trim() ? 'same' : 'changed';
  },
};

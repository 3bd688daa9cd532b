/** Names that people give to the fields of a pair, the preferred first. */
export const MIDI_FIELDS: readonly string[] = [
  'midi_file',
  'midi_path',
  'midi_filename',
  'midi_file_path',
  'location',
  'path',
  'file_name',
  'filename',
  'file_path',
  'filepath',
  'file',
  'midi',
];
export const TEXT_FIELDS: readonly string[] = [
  'text_description',
  'caption',
  'captions',
  'text',
  'description',
  'descriptions',
  'prompt',
];
const TEXT_FILE_FIELDS: readonly string[] = ['text_file', 'caption_file', 'text_path', 'caption_path'];
const ID_FIELDS: readonly string[] = ['id'];
const SPLIT_FIELDS: readonly string[] = ['split'];

/** The names that each part of a pair is looked for under. */
export interface FieldNames {
  readonly midi: readonly string[];
  readonly text: readonly string[];
  readonly textFile: readonly string[];
  readonly id: readonly string[];
  readonly split: readonly string[];
}

export const KNOWN_FIELDS: FieldNames = {
  midi: MIDI_FIELDS,
  text: TEXT_FIELDS,
  textFile: TEXT_FILE_FIELDS,
  id: ID_FIELDS,
  split: SPLIT_FIELDS,
};

/** What a user names stands in place of the known names. */
export function fieldNames(told: {
  readonly midiField?: string | undefined;
  readonly textField?: string | undefined;
  readonly idField?: string | undefined;
  readonly splitField?: string | undefined;
}): FieldNames {
  const { midiField, textField, idField, splitField } = told;
  return {
    midi: midiField === undefined ? MIDI_FIELDS : [midiField],
    text: textField === undefined ? TEXT_FIELDS : [textField],
    textFile: textField === undefined ? TEXT_FILE_FIELDS : [],
    id: idField === undefined ? ID_FIELDS : [idField],
    split: splitField === undefined ? SPLIT_FIELDS : [splitField],
  };
}

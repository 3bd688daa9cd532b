import type { Agreement } from '../claims/agreement.ts';
import type { Cell, CellStruct } from './cell.ts';
import type { ColumnSchema, ColumnType } from './column-type.ts';
import type { CuratedRow, DatasetRow } from './dataset-row.ts';
import { freeFormJson } from './free-form-json.ts';
import { MIDI_METADATA_FIELDS, TEXT_FEATURE_FIELDS } from './row-fields.ts';
import { type TokenShape, tokenCell, tokenColumnType } from './token-cell.ts';
import { wellFormed } from './well-formed.ts';

/** A column of the data set: its type, what it means, and how a row fills it. */
export interface RowColumn extends ColumnSchema {
  readonly meaning: string;
  /** Without it a row has always a value. */
  readonly mayBeNull?: true;
  readonly cellOf: (row: CuratedRow) => Cell;
}

/** What may be known only when all rows have passed. */
export const GROUP_COLUMN = 'duplicate_group';

const text = { kind: 'string' } as const;
const count = { kind: 'int64' } as const;

const QUALITY: ColumnType = {
  kind: 'struct',
  fields: [
    { name: 'passed', type: { kind: 'boolean' } },
    {
      name: 'checks',
      type: {
        kind: 'list',
        element: {
          kind: 'struct',
          fields: [
            { name: 'filter', type: text },
            { name: 'value', type: { kind: 'double' } },
            { name: 'text', type: text },
            { name: 'passed', type: { kind: 'boolean' } },
          ],
        },
      },
    },
  ],
};

const AGREEMENT: ColumnType = {
  kind: 'struct',
  fields: [
    { name: 'read', type: { kind: 'boolean' } },
    { name: 'agrees', type: count },
    { name: 'contradicts', type: count },
    { name: 'unsure', type: count },
    {
      name: 'claims',
      type: {
        kind: 'list',
        element: {
          kind: 'struct',
          fields: [
            { name: 'kind', type: text },
            { name: 'text', type: text },
            { name: 'start', type: count },
            { name: 'end', type: count },
            { name: 'verdict', type: text },
            { name: 'found', type: text },
            { name: 'reason', type: text },
          ],
        },
      },
    },
  ],
};

function agreementCell({ claims, ...counts }: Agreement): Cell {
  return {
    ...counts,
    claims: claims.map((claim) => ({ ...claim, text: wellFormed(claim.text), reason: claim.reason ?? null })),
  };
}

/** What rows have beyond what all have. */
export interface MoreColumns {
  /** A verdict. */
  readonly hasFilters?: boolean;
  /** Which caption of their piece they have. */
  readonly hasCaptionLists?: boolean;
  /** Whether they are copies, and of what kind. */
  readonly hasCopies?: boolean;
}

/** The columns of a data set, in order. */
export function rowColumns(shape: TokenShape, more: MoreColumns = {}): readonly RowColumn[] {
  return [
    ...pairColumns(shape),
    ...(more.hasCopies === true ? [AUGMENTATION_COLUMN] : []),
    ...(shape.hasRowPerWindow === true ? [WINDOW_COLUMN] : []),
    ...(more.hasCaptionLists === true ? [CAPTION_INDEX_COLUMN] : []),
    ...(more.hasFilters === true ? [QUALITY_COLUMN] : []),
  ];
}

const AUGMENTATION_COLUMN: RowColumn = {
  name: 'augmentation',
  type: {
    kind: 'struct',
    fields: [
      { name: 'copy', type: count },
      { name: 'source_id', type: text },
      { name: 'transpose', type: count },
      { name: 'tempo', type: { kind: 'double' } },
      { name: 'velocity', type: count },
      { name: 'caption_rewritten', type: { kind: 'boolean' } },
    ],
  },
  mayBeNull: true,
  meaning:
    'Of an augmented copy its number, which its `id` ends in (`#1`), the `id` of the row that it was made from, and what was done: semitones up, factor of the tempo, what was added to velocities, whether the keys, chords and tempos of the caption were rewritten. Null for the pairs themselves.',
  cellOf: ({ pair, augmentation }) =>
    augmentation === undefined
      ? null
      : {
          copy: augmentation.copy,
          source_id: wellFormed(pair.id),
          ...augmentation.change,
          caption_rewritten: augmentation.isRewritten,
        },
};

const CAPTION_INDEX_COLUMN: RowColumn = {
  name: 'caption_index',
  type: { kind: 'int64' },
  meaning: 'Which of the captions of its piece the row has, from 0; rows of one piece have the same `midi_tokens`.',
  cellOf: ({ pair }) => pair.captionIndex ?? 0,
};

const WINDOW_COLUMN: RowColumn = {
  name: 'window',
  type: {
    kind: 'struct',
    fields: [
      { name: 'number', type: count },
      { name: 'of', type: count },
      { name: 'stream', type: count },
      { name: 'first_bar', type: count },
      { name: 'last_bar', type: count },
    ],
  },
  meaning:
    'Which part of the piece the row is: its number of how many, from 0, the stream (track) that it is of, and the bars, from 0, of its first and last token; all else is said of the whole piece.',
  cellOf: ({ window }) =>
    window === undefined
      ? null
      : {
          number: window.number,
          of: window.of,
          stream: window.stream,
          first_bar: window.firstBar,
          last_bar: window.lastBar,
        },
};

const QUALITY_COLUMN: RowColumn = {
  name: 'quality',
  type: QUALITY,
  meaning: 'What each filter found: its value, a number or a text, and whether the row passed.',
  cellOf: ({ verdict }) =>
    verdict === undefined
      ? null
      : {
          passed: verdict.passed,
          checks: verdict.checks.map((check) => ({ ...check, filter: wellFormed(check.filter) })),
        },
};

function pairColumns(shape: TokenShape): readonly RowColumn[] {
  return [
    {
      name: 'index',
      type: count,
      meaning: 'Position of the pair in the manifest, from 0. Pairs that have no row leave gaps.',
      cellOf: ({ pair }) => pair.index,
    },
    {
      name: 'id',
      type: text,
      meaning: "The manifest's own `id`, else the index in eight digits.",
      cellOf: ({ pair, augmentation }) =>
        wellFormed(augmentation === undefined ? pair.id : `${pair.id}#${augmentation.copy}`),
    },
    {
      name: 'midi_file',
      type: text,
      mayBeNull: true,
      meaning: 'Path of the MIDI file as the manifest has it.',
      cellOf: ({ pair }) => (pair.midiFile === undefined ? null : wellFormed(pair.midiFile)),
    },
    {
      name: 'text_description',
      type: text,
      meaning: 'The caption as given; null for MIDI without one.',
      cellOf: (row) => (row.text.text === null ? null : wellFormed(row.text.text)),
    },
    {
      name: 'midi_tokens',
      type: tokenColumnType(shape),
      meaning: `Token ids, ${shapeInWords(shape)}; \`tokenizer.json\` says what they mean.`,
      cellOf: ({ midi }) => tokenCell(midi.tokens, shape),
    },
    {
      name: 'sequence_length',
      type: count,
      meaning: 'Tokens over all streams (rows for compound tokens).',
      cellOf: ({ midi }) => midi.sequence_length,
    },
    {
      name: 'midi_metadata',
      type: { kind: 'struct', fields: MIDI_METADATA_FIELDS },
      meaning: 'Facts about the MIDI file; see below.',
      cellOf: midiMetadata,
    },
    {
      name: 'text_features',
      type: { kind: 'struct', fields: TEXT_FEATURE_FIELDS },
      meaning: 'Facts about the caption, and its embedding; see below.',
      cellOf: textFeatures,
    },
    {
      name: 'metadata',
      type: text,
      meaning: 'Every other field of the manifest: the text of a JSON object, as its fields may be anything.',
      cellOf: ({ pair }) => freeFormJson(pair.metadata),
    },
    {
      name: 'split',
      type: text,
      meaning: 'The part of the data set that the row belongs to; the same for all copies of a piece.',
      cellOf: ({ split }) => split,
    },
    {
      name: GROUP_COLUMN,
      type: text,
      mayBeNull: true,
      meaning: 'A key that copies of a piece have in common, null where none was found; `duplicates.jsonl` says why.',
      cellOf: ({ duplicateGroup }) => duplicateGroup,
    },
    {
      name: 'agreement',
      type: AGREEMENT,
      meaning:
        'What the caption states of the music, claim by claim: the words, where they stand (UTF-16 units), whether the music agrees, and what it has.',
      cellOf: ({ agreement }) => agreementCell(agreement),
    },
  ];
}

function midiMetadata({ midi }: DatasetRow): CellStruct {
  const { metadata, cut_tokens } = midi;
  return { ...metadata, cut_tokens, repairs: freeFormJson(metadata.repairs ?? {}) };
}

function textFeatures({ text: record }: DatasetRow): CellStruct | null {
  if (record.text === null) return null;
  return {
    encoder: record.encoder,
    normalized: wellFormed(record.normalized),
    truncated: record.truncated,
    embedding: record.embedding ?? null,
    token_ids: record.token_ids ?? null,
    ...record.statistics,
  };
}

function shapeInWords({ vocabulary, hasManyStreams }: TokenShape): string {
  const stream = vocabulary.length > 1 ? `rows of ${vocabulary.length} ids (compound tokens)` : 'a list';
  return hasManyStreams ? `a list of streams, each ${stream}` : stream;
}

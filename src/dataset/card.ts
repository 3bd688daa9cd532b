import type { CurationFacts } from '../stats/curation-facts.ts';
import type { DatasetFacts } from '../stats/dataset-summary.ts';
import type { NumberFacts } from '../stats/number-summary.ts';
import { DROP_MEANINGS, DROP_REASONS } from '../tokens/drop-reasons.ts';
import { cardHeader } from './card-header.ts';
import type { CurationOptions } from './curation.ts';
import { markdownTable, readableNumber } from './markdown.ts';
import type { WrittenFile } from './output-folder.ts';
import type { PairsOfDataset } from './recipe.ts';
import type { RowColumn } from './row-columns.ts';
import { type DescribedField, MIDI_METADATA_FIELDS, TEXT_FEATURE_FIELDS } from './row-fields.ts';
import type { SplitSize } from './write-rows.ts';
import type { OutputFormat } from './writers/output-format.ts';

export interface CardInput {
  readonly columns: readonly RowColumn[];
  readonly embeds: boolean;
  readonly hasHiddenStates?: boolean | undefined;
  readonly formats: readonly OutputFormat[];
  /** The files with the data. */
  readonly files: readonly WrittenFile[];
  readonly partial: boolean;
  readonly pairs: PairsOfDataset;
  /** Rows that were made of others. */
  readonly copies: number;
  readonly splits: readonly SplitSize[];
  readonly facts: DatasetFacts;
  readonly options: CurationOptions;
  readonly curation: CurationFacts;
  readonly license?: string | undefined;
}

/**
 * The dataset card, `README.md`: a header for the Hugging Face Hub, then what a person wants to know. Text of the manifest is
 * nowhere in it, and no time, so that equal data sets have equal cards.
 */
export function cardText(input: CardInput): string {
  const sections = [
    `# MIDI and text pairs\n\n${summaryOf(input)}`,
    section('Loading', loadingOf(input)),
    section('Columns', columnsOf(input)),
    section('How it was made', `${HOW_IT_WAS_MADE}\n\n${curationOf(input)}`),
    section('Statistics', statisticsOf(input)),
    section('Known problems', problemsOf(input)),
  ];
  return `${cardHeader({ ...input, license: input.license })}\n${sections.join('\n\n')}\n`;
}

function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

function summaryOf({ pairs, partial }: CardInput): string {
  const counts = `${pairs.rows} of ${pairs.total} pairs of a MIDI file and its description: tokens, facts about the music, caption and text features.`;
  return partial
    ? `**Partial: the run that made this was not complete; ${pairs.pending} pairs are missing.**\n\n${counts}`
    : counts;
}

const LOADING: Readonly<Record<OutputFormat, readonly [files: string, how: string]>> = {
  parquet: ['`data/*.parquet`', "`datasets.load_dataset('<this folder>')`, DuckDB, pandas, Polars"],
  jsonl: ['`processed_data.jsonl`', 'a JSON object a line'],
  'jsonl.gz': ['`processed_data.jsonl.gz`', 'the same, compressed with gzip'],
  json: ['`processed_data.json`', 'one JSON list'],
  msgpack: ['`processed_data.msgpack`', 'a stream of MessagePack maps: `for row in msgpack.Unpacker(file)`'],
  webdataset: [
    '`webdataset/*.tar`',
    'WebDataset: `<key>.txt`, `.tokens.json`, `.embedding.npy`, and `.json` with the rest, flat: what is a struct or may be null is JSON text',
  ],
  npy: ['`embeddings.npy`', 'NumPy float32 matrix; row i belongs to row i of the data set'],
  miditok: [
    '`tokens/*/*.json`',
    'token ids as MidiTok saves them, named by index; a file for each window where sequences are split',
  ],
  amt: ['`amt/<split>.txt`', '1,024 ids a line, as anticipation trains on them; `left_out.jsonl`: pieces in none'],
  packed: [
    '`packed/<split>.bin`, `.idx`',
    'ids one after the other: `numpy.memmap`, Megatron-LM, GPT-NeoX; `.embeddings.npy` has a row for each sequence',
  ],
};

/** Where the hidden states of the captions' tokens are, in half precision, in place of embeddings. */
const HIDDEN_STATES: Readonly<Partial<Record<OutputFormat, readonly [files: string, how: string]>>> = {
  webdataset: [
    '`webdataset/*.tar`',
    'WebDataset: `<key>.txt`, `.tokens.json`, `.hidden_states.npy` (float16, a row a token), and `.json` with the rest, flat: what is a struct or may be null is JSON text',
  ],
  npy: [
    '`hidden_states.npy`, `hidden_state_offsets.npy`',
    'NumPy float16 matrix, a row a token of a caption; those of row i of the data set are `states[offsets[i]:offsets[i + 1]]`',
  ],
};

/** JSON has no types; a reader that takes them from the first rows must be told them, or to look at all. */
const TYPES_OF_JSON = `JSON does not say of which type a column is that is null in the first rows. Where a reader guesses, tell it:

- \`features = datasets.load_dataset_builder('<this folder>').info.features\`, then
  \`datasets.load_dataset('json', data_files='processed_data.jsonl', features=features)\`
- \`polars.read_ndjson('processed_data.jsonl', infer_schema_length=None)\`
- \`pandas.read_json('processed_data.jsonl', lines=True, dtype=False)\`, which else reads ids as numbers`;

function loadingOf({ formats, options, hasHiddenStates }: CardInput): string {
  const rows = formats.map((format) =>
    hasHiddenStates ? (HIDDEN_STATES[format] ?? LOADING[format]) : LOADING[format],
  );
  const others = [
    ['`tokenizer.json`', 'how to decode: MidiTok loads it and derives the vocabulary from it'],
    [
      '`vocabulary.json`',
      'the id of every token, for readers without MidiTok; a list of such maps for compound tokens',
    ],
    [
      '`hf_tokenizer/`',
      "the tokens for `transformers`: `AutoTokenizer.from_pretrained('hf_tokenizer')`; absent for compound tokens",
    ],
    ['`failures.jsonl`', 'every pair that failed, by stage, with the reason'],
    ['`duplicates.jsonl`', 'every pair that is a copy of an earlier one, with the reason'],
    ...(options.filters.length > 0 ? [['`rejected.jsonl`', 'every pair that a filter rejected, with the reason']] : []),
    ['`recipe.json`', 'everything needed to make the data set again'],
    ['`SHA256SUMS`', 'check with `sha256sum -c SHA256SUMS`'],
  ];
  const table = markdownTable(['files', 'what'], [...rows, ...others]);
  return formats.some((format) => format.startsWith('json')) ? `${table}\n\n${TYPES_OF_JSON}` : table;
}

function columnsOf({ columns }: CardInput): string {
  return [
    markdownTable(
      ['column', 'meaning'],
      columns.map(({ name, meaning }) => [`\`${name}\``, meaning]),
    ),
    `### midi_metadata\n\n${fieldTable(MIDI_METADATA_FIELDS)}`,
    `### text_features\n\n${fieldTable(TEXT_FEATURE_FIELDS)}`,
  ].join('\n\n');
}

function fieldTable(fields: readonly DescribedField[]): string {
  return markdownTable(
    ['field', 'unit', 'meaning', 'method'],
    fields.map(({ name, unit, meaning, source }) => [`\`${name}\``, unit ?? '', meaning, source ?? '']),
  );
}

const HOW_IT_WAS_MADE = `Made with midiloom: each MIDI file was decoded, described and tokenized, each caption normalized and encoded, and the
two joined by their position in the manifest. Versions, options, tokenizer, text encoder and a hash of the manifest are in
\`recipe.json\`.`;

function curationOf({ options, splits, copies }: CardInput): string {
  const { dedupe, seed, filters } = options;
  const shares = options.splits.map(({ name, share }) => `${name} ${readableNumber(share * 100)} %`).join(', ');
  const lines = [
    splits.length === 1
      ? `All rows are one split, \`${splits[0]?.name}\`.`
      : `Splits were drawn by group, so that copies of a piece are on one side (${shares}; seed ${seed}).`,
    'Copies have the same file, the same notes, the same notes in another key or timing, or most melodic figures in common.',
    ...(copies === 0
      ? []
      : [`${copies} rows are augmented copies with other music (\`augmentation\`); statistics count them.`]),
    ...(dedupe === 'none' ? [] : [`Of ${KEPT_ONCE[dedupe]}, the one with most notes was kept.`]),
  ];
  if (filters.length === 0) return lines.join('\n');
  return `${lines.join('\n')}\n\nFilters: ${filters.map(({ name }) => inCode(name)).join(', ')}.`;
}

const KEPT_ONCE = { exact: 'pairs with the same file or the same notes', near: 'copies of every kind' } as const;

function statisticsOf({ facts, splits, curation }: CardInput): string {
  const lengths: readonly (readonly [string, NumberFacts | null])[] = [
    ['tokens of a row', facts.sequence_length],
    ['characters of a caption', facts.text_length],
    ['`duration_seconds`', facts.fields.numbers['midi_metadata.duration_seconds'] ?? null],
    ['`n_notes`', facts.fields.numbers['midi_metadata.n_notes'] ?? null],
    ['`tempo_bpm`', facts.fields.numbers['midi_metadata.tempo_bpm'] ?? null],
    ['`n_instruments`', facts.fields.numbers['midi_metadata.n_instruments'] ?? null],
  ];
  const rows = lengths.flatMap(([name, number]) => (number === null ? [] : [distribution(name, number)]));
  const vocabulary = facts.vocabulary.map(({ size, used, out_of_range: outOfRange }, column) => {
    const where = facts.vocabulary.length > 1 ? ` of column ${column}` : '';
    return `${used} of the ${size} tokens${where} occur${outOfRange > 0 ? `; ${outOfRange} ids have no token` : ''}.`;
  });
  return [
    markdownTable(
      ['split', 'rows'],
      splits.map(({ name, rows: count }) => [name, count]),
    ),
    ...filterTable(curation),
    ...(rows.length === 0 ? [] : [markdownTable(['', 'min', '5 %', 'median', 'mean', '95 %', 'max'], rows), PRECISION]),
    vocabulary.join('\n'),
    ...categoryLines(facts),
  ].join('\n\n');
}

function filterTable({ filters }: CurationFacts): readonly string[] {
  if (filters === null) return [];
  const rows = filters.filters.map(({ filter, rejected, alone, absent }) => [inCode(filter), rejected, alone, absent]);
  return [markdownTable(['filter', 'rejected', 'of them by no other', 'of them without the value'], rows)];
}

/** Text of the command line as code: nothing in it is markup. */
function inCode(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

const PRECISION = 'Percentiles are exact for integers and within 0.4 % for other numbers.';

function distribution(name: string, { min, p5, p50, mean, p95, max }: NumberFacts): readonly string[] {
  return [name, ...[min, p5, p50, mean, p95, max].map(readableNumber)];
}

const CATEGORIES = ['key', 'time_signature', 'instruments'] as const;
const LISTED = 8;

function categoryLines(facts: DatasetFacts): readonly string[] {
  return CATEGORIES.flatMap((name) => {
    const category = facts.fields.categories[`midi_metadata.${name}`];
    if (category === undefined || !category.complete) return [];
    const most = category.counts.slice(0, LISTED).map(([value, count]) => `${value} (${count})`);
    return [`Most frequent \`${name}\`: ${most.join(', ')}.`];
  });
}

function problemsOf({ pairs, facts, partial, curation }: CardInput): string {
  const problems = [
    '- Features are computed, not annotated: key, chords and timing are estimates by the methods named above.',
    '- Tokens are a lossy form of the MIDI file: times, velocities and tempi are quantized as `tokenizer.json` says.',
    ...lossProblems(curation),
    ...captionProblems(curation),
    ...duplicateProblems(curation),
    ...(pairs.rejected > 0 ? [`- ${pairs.rejected} pairs were rejected by filters; see \`rejected.jsonl\`.`] : []),
    ...(partial ? [`- ${pairs.pending} pairs had not been processed when this was written.`] : []),
    ...(pairs.failed > 0 ? [`- ${pairs.failed} pairs failed and have no row:`] : []),
  ];
  const failures = markdownTable(
    ['stage', 'code', 'pairs'],
    facts.failures.map(({ stage, code, count }) => [stage, `\`${code}\``, count]),
  );
  return facts.failures.length === 0 ? problems.join('\n') : `${problems.join('\n')}\n\n${failures}`;
}

function lossProblems({ losses }: CurationFacts): readonly string[] {
  const { notes, dropped_notes: dropped, dropped_by: by, rows_with_many: many } = losses;
  const reasons = DROP_REASONS.flatMap((reason) =>
    (by[reason] ?? 0) > 0 ? [`${by[reason]} ${DROP_MEANINGS[reason]}`] : [],
  );
  const meters = Object.keys(losses.replaced_meters);
  return [
    dropped === 0
      ? '- Every note of the MIDI files is in the tokens.'
      : `- ${dropped} of ${notes} notes are not in the tokens (\`dropped_notes\`): ${reasons.join(', ')}. ${many} rows lack more than a tenth of theirs.`,
    ...(meters.length > 0
      ? [`- The tokenizer lacks some time signatures (\`replaced_meters\`): ${meters.join(', ')}.`]
      : []),
    ...(losses.rows_with_repairs > 0
      ? [`- ${losses.rows_with_repairs} rows are of MIDI files that were mended (\`repairs\`).`]
      : []),
  ];
}

function captionProblems({ captions }: CurationFacts): readonly string[] {
  const { read, unread, with_contradictions: wrong, shifts } = captions;
  const shifted = shifts.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return [
    `- Captions are as the manifest has them. ${read} were read, and ${wrong} of them state something that the music contradicts (\`agreement\`).`,
    ...(unread > 0 ? [`- ${unread} captions were not read, as they are not English.`] : []),
    ...(shifted > 0 ? [`- ${shifted} captions seem to belong to other rows; \`midiloom report\` shows where.`] : []),
  ];
}

function duplicateProblems({ duplicates }: CurationFacts): readonly string[] {
  const { groups, pairs, dropped, turned_away: turnedAway } = duplicates;
  const found =
    groups === 0
      ? '- No copies of a piece were found; that does not mean that there are none.'
      : `- ${pairs} pairs are in ${groups} groups of copies (\`duplicate_group\`); ${dropped} of them were left out.`;
  const apart = `- ${turnedAway} likenesses were not counted, because their groups had grown too far apart: look there for copies in two splits.`;
  return turnedAway > 0 ? [found, apart] : [found];
}

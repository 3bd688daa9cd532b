import type { CategoryFacts } from '../stats/category-counts.ts';
import type { DatasetSummary } from '../stats/dataset-summary.ts';
import type { NumberFacts, NumberSummary } from '../stats/number-summary.ts';
import { type BinOptions, binNumbers } from './bin-numbers.ts';
import type { Bar, CategoryDistribution, Distribution } from './distribution.ts';
import { counted, duration, percent, short, whole } from './format-number.ts';

const LYING_BARS = 16;

/** Every distribution that the rows have something for, in the order of the page. */
export function describeDistributions(summary: DatasetSummary): readonly Distribution[] {
  const source = new Source(summary);
  return [
    tempo(source),
    key(source),
    meter(source),
    length(source),
    instruments(source),
    notes(source),
    density(source),
    polyphony(source),
    tokens(source),
    ...vocabulary(summary),
    captionWords(source),
    script(source),
  ].filter((distribution) => distribution !== undefined);
}

/** The summary's fields by their names in the data set. */
class Source {
  readonly rows: number;
  readonly sequenceLength: NumberSummary;
  readonly #summary: DatasetSummary;
  readonly #categories: Readonly<Record<string, CategoryFacts>>;

  constructor(summary: DatasetSummary) {
    this.rows = summary.rows;
    this.sequenceLength = summary.sequenceLength;
    this.#summary = summary;
    this.#categories = summary.fields.facts().categories;
  }

  number(field: string): NumberSummary {
    return this.#summary.fields.numbersOf(field);
  }

  category(field: string): CategoryFacts {
    return this.#categories[field] ?? { count: 0, distinct: 0, complete: true, counts: [] };
  }

  /** How often a category occurs. */
  times(field: string, category: string): number {
    return this.category(field).counts.find(([name]) => name === category)?.[1] ?? 0;
  }
}

function tempo(source: Source): Distribution | undefined {
  const unstated = source.times('midi_metadata.tempo_is_stated', 'false');
  const changes = source.number('midi_metadata.tempo_changes').counts();
  const changing = countFrom(changes, 1);
  return numbers(source.number('midi_metadata.tempo_bpm'), { integer: false, scale: 'linear' }, ({ count }) => ({
    id: 'tempo',
    title: 'Tempo',
    unit: 'BPM',
    note:
      (unstated > 0
        ? `A peak at 120 is often a missing tempo: ${percent(unstated, count)} of the files state none and count as 120. `
        : 'Every file states its tempo. A peak at 120 would be the default of the program that wrote the files. ') +
      `In ${percent(changing, count)} the tempo changes; the median over time is shown.`,
  }));
}

const TONICS: readonly (readonly [label: string, ...spellings: string[]])[] = [
  ['C', 'C'],
  ['C♯/D♭', 'C#', 'Db'],
  ['D', 'D'],
  ['D♯/E♭', 'Eb', 'D#'],
  ['E', 'E'],
  ['F', 'F'],
  ['F♯/G♭', 'F#', 'Gb'],
  ['G', 'G'],
  ['G♯/A♭', 'Ab', 'G#'],
  ['A', 'A'],
  ['A♯/B♭', 'Bb', 'A#'],
  ['B', 'B', 'Cb'],
];

function key(source: Source): Distribution | undefined {
  const { count, counts } = source.category('midi_metadata.key');
  if (count === 0) return undefined;
  const bars = TONICS.flatMap(([label, ...spellings]) =>
    ['major', 'minor'].map((mode): Bar => {
      const names = spellings.map((tonic) => `${tonic} ${mode}`);
      const sum = counts.reduce((total, [name, times]) => total + (names.includes(name) ? times : 0), 0);
      return { label, series: mode, count: sum };
    }),
  );
  const inC = (bars[0]?.count ?? 0) + (bars[19]?.count ?? 0);
  const confidence = source.number('midi_metadata.key_confidence').facts();
  return {
    kind: 'categories',
    id: 'key',
    title: 'Key',
    unit: 'pairs',
    total: count,
    bars,
    others: { categories: 0, count: 0 },
    direction: 'standing',
    note:
      `Found from the notes, with a median correlation of ${short(confidence?.p50 ?? 0)}: below about 0.7 a key is a guess. ` +
      `${percent(inC, count)} are in C major or A minor; far more than a tenth says that pieces were transposed.`,
  };
}

function meter(source: Source): Distribution | undefined {
  const unstated = source.times('midi_metadata.time_signature_is_stated', 'false');
  const changing = countFrom(source.number('midi_metadata.time_signature_changes').counts(), 1);
  return lying(source.category('midi_metadata.time_signature'), {
    id: 'meter',
    title: 'Meter',
    unit: 'pairs',
    total: source.rows,
    note:
      (unstated > 0
        ? `${percent(unstated, source.rows)} state no time signature and count as 4/4: bars and positions of those are a guess. `
        : 'Every file states a time signature. ') + `In ${percent(changing, source.rows)} it changes.`,
  });
}

function length(source: Source): Distribution | undefined {
  return numbers(
    source.number('midi_metadata.duration_seconds'),
    { integer: false, scale: 'auto' },
    ({ p50, p99, max, count }) => ({
      id: 'duration',
      title: 'Duration',
      unit: 'time',
      format: 'duration',
      note:
        `Half of the pieces end before ${duration(p50)}. ` +
        (max > 4 * p99
          ? `The longest, ${duration(max)}, is far beyond the 99th percentile: often a stray event long after the music.`
          : `${percent(countBelow(source.number('midi_metadata.duration_seconds').counts(), 10), count)} are shorter than ten seconds, too little for most captions to be about.`),
    }),
  );
}

function instruments(source: Source): Distribution | undefined {
  const facts = source.category('midi_metadata.instruments');
  const [first] = facts.counts;
  const drums = source.times('midi_metadata.has_drums', 'true');
  return lying(facts, {
    id: 'instruments',
    title: 'Instruments',
    unit: 'pairs',
    total: source.rows,
    note:
      `${percent(first?.[1] ?? 0, source.rows)} of the pairs have ${first?.[0] ?? 'no instrument'}, the program of a file that names none if it is a piano. ` +
      `${percent(drums, source.rows)} have drums; ${whole(facts.distinct)} instruments occur.`,
  });
}

function notes(source: Source): Distribution | undefined {
  const few = countBelow(source.number('midi_metadata.n_notes').counts(), 16);
  return numbers(source.number('midi_metadata.n_notes'), { integer: true, scale: 'auto' }, ({ count }) => ({
    id: 'notes',
    title: 'Notes',
    unit: 'notes',
    note:
      few > 0
        ? `${counted(few, 'pair has', 'pairs have')} fewer than 16 notes (${percent(few, count)}): hardly music, look at them.`
        : 'No pair has fewer than 16 notes. A long right tail costs tokens: see the token lengths.',
  }));
}

function density(source: Source): Distribution | undefined {
  return numbers(source.number('midi_metadata.notes_per_second'), { integer: false, scale: 'auto' }, ({ p99 }) => ({
    id: 'density',
    title: 'Note density',
    unit: 'notes per second',
    note: `More than about 30 notes a second is more than players play: doubled tracks or rendered ornaments. The 99th percentile is ${short(p99)}.`,
  }));
}

function polyphony(source: Source): Distribution | undefined {
  return numbers(
    source.number('midi_metadata.polyphony'),
    { integer: false, scale: 'linear' },
    ({ p50, count }, counts) => ({
      id: 'polyphony',
      title: 'Polyphony',
      unit: 'pitches at once',
      note: `Without drums, while anything sounds. ${percent(countBelow(counts, 1.05), count)} are single melodies; in the median ${short(p50)} pitches sound together.`,
    }),
  );
}

function tokens(source: Source): Distribution | undefined {
  return numbers(source.sequenceLength, { integer: true, scale: 'auto' }, ({ count }, counts) => {
    const beyond = (limit: number): string => percent(countFrom(counts, limit + 1), count);
    return {
      id: 'tokens',
      title: 'Tokens per pair',
      unit: 'tokens',
      note: `Longer than a context of 1,024: ${beyond(1024)}; of 2,048: ${beyond(2048)}; of 4,096: ${beyond(4096)}. What is longer is cut or split before it is trained on.`,
    };
  });
}

/** How much of each kind of token is in use; of compound tokens the columns one after the other. */
function vocabulary(summary: DatasetSummary): readonly Distribution[] {
  const facts = summary.vocabulary.facts();
  return summary.vocabulary.types().flatMap((types, column): Distribution[] => {
    const own = facts[column];
    const total = types.reduce((sum, { count }) => sum + count, 0);
    if (own === undefined || total === 0) return [];
    const bars = types
      .map(({ type, size, used, count }) => ({ label: `${type} (${whole(used)}/${whole(size)})`, count }))
      .sort((a, b) => b.count - a.count);
    const [most] = own.most_frequent;
    const columns = facts.length > 1 ? `, column ${column + 1}` : '';
    return [
      {
        kind: 'categories',
        id: column === 0 ? 'vocabulary' : `vocabulary-${column + 1}`,
        title: `Vocabulary${columns}`,
        unit: 'tokens',
        total,
        bars: bars.slice(0, LYING_BARS),
        others: othersOf(bars),
        direction: 'lying',
        note:
          `${whole(own.used)} of ${whole(own.size)} tokens occur (used and known of each kind in brackets); a model cannot learn the others. ` +
          (most === undefined ? '' : `The most frequent is ${most[0]}, ${percent(most[1], total)} of all.`) +
          (own.out_of_range > 0 ? ` ${counted(own.out_of_range, 'id')} have no token: something is wrong.` : ''),
      },
    ];
  });
}

function captionWords(source: Source): Distribution | undefined {
  const truncated = source.times('text_features.truncated', 'true');
  return numbers(source.number('text_features.words'), { integer: true, scale: 'linear' }, ({ p50, count }) => ({
    id: 'caption-words',
    title: 'Caption words',
    unit: 'words',
    note:
      `In the median ${whole(p50)} words. ` +
      (truncated > 0
        ? `${counted(truncated, 'caption was', 'captions were')} cut at the model's limit (${percent(truncated, count)}): their ends are in no embedding.`
        : 'No caption was cut at the limit of the text model.'),
  }));
}

function script(source: Source): Distribution | undefined {
  const facts = source.category('text_features.dominant_script');
  const [first] = facts.counts;
  return lying(facts, {
    id: 'script',
    title: 'Language of the captions, by script',
    unit: 'pairs',
    total: facts.count,
    note:
      facts.counts.length > 1
        ? `${percent(facts.count - (first?.[1] ?? 0), facts.count)} are not in ${first?.[0]} script: a text model made for one language says little about others.`
        : `All captions are in ${first?.[0] ?? 'no'} script, whatever their language.`,
  });
}

type NumberText = Pick<Distribution, 'id' | 'title' | 'note'> & {
  readonly unit: string;
  readonly format?: 'duration';
};

type Counts = ReturnType<NumberSummary['counts']>;

function numbers(
  summary: NumberSummary,
  options: BinOptions,
  textOf: (facts: NumberFacts, counts: Counts) => NumberText,
): Distribution | undefined {
  const facts = summary.facts();
  if (facts === undefined) return undefined;
  const counts = summary.counts();
  return { kind: 'numbers', format: 'number', facts, binned: binNumbers(counts, options), ...textOf(facts, counts) };
}

function lying(
  { counts }: CategoryFacts,
  text: Pick<CategoryDistribution, 'id' | 'title' | 'note' | 'unit' | 'total'>,
): Distribution | undefined {
  if (counts.length === 0) return undefined;
  const bars = counts.map(([label, count]) => ({ label, count }));
  return {
    kind: 'categories',
    bars: bars.slice(0, LYING_BARS),
    others: othersOf(bars),
    direction: 'lying',
    ...text,
  };
}

function othersOf(bars: readonly Bar[]): CategoryDistribution['others'] {
  const rest = bars.slice(LYING_BARS);
  return { categories: rest.length, count: rest.reduce((sum, { count }) => sum + count, 0) };
}

function countFrom(counts: Counts, from: number): number {
  return counts.reduce((sum, [value, count]) => sum + (value >= from ? count : 0), 0);
}

function countBelow(counts: Counts, limit: number): number {
  return counts.reduce((sum, [value, count]) => sum + (value < limit ? count : 0), 0);
}

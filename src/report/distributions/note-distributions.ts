import { counted, percent, short, whole } from '../format-number.ts';
import type { Bar, Distribution } from './distribution.ts';
import {
  barsOf,
  countBelow,
  countFrom,
  lyingDistribution,
  numberDistribution,
  type SummarySource,
} from './summary-source.ts';

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
/** Correlation below which the second best key is as likely. */
const UNSURE = 0.7;
/** Of 24 keys, two: from three times their share on, pieces were transposed. */
const TRANSPOSED = 0.25;
/** Notes that hardly make a piece. */
const FEW_NOTES = 16;
/** More than players play. */
const DENSE = 30;

export function keyDistribution(source: SummarySource): Distribution | undefined {
  const { count, counts } = source.category('midi_metadata.key');
  if (count === 0) return undefined;
  const timesOf = (names: readonly string[]): number =>
    counts.reduce((sum, [name, times]) => sum + (names.includes(name) ? times : 0), 0);
  const bars = TONICS.flatMap(([label, ...spellings]) =>
    ['major', 'minor'].map((mode): Bar => {
      return { label, series: mode, count: timesOf(spellings.map((tonic) => `${tonic} ${mode}`)) };
    }),
  );
  const white = timesOf(['C major', 'A minor']);
  const unsure = countBelow(source.number('midi_metadata.key_confidence').counts(), UNSURE);
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
      `Found from the notes; for ${percent(unsure, count)} it is hardly more than a guess (correlation below ${UNSURE}). ` +
      `${percent(white, count)} are in C major or A minor; a quarter or more would say that pieces were transposed.`,
    finding:
      white > TRANSPOSED * count && count >= 40
        ? `${percent(white, count)} of the pieces are in C major or A minor: they may have been transposed.`
        : null,
  };
}

export function instrumentDistribution(source: SummarySource): Distribution | undefined {
  const facts = source.category('midi_metadata.instruments');
  const [first] = facts.counts;
  if (first === undefined) return undefined;
  const drums = source.times('midi_metadata.has_drums', 'true');
  const only = `${first[0]} is the only instrument`;
  return lyingDistribution(barsOf(facts), {
    id: 'instruments',
    title: 'Instruments',
    unit: 'pairs',
    total: source.rows,
    note:
      (facts.distinct === 1
        ? `${only}, as in files that name none. `
        : `${whole(facts.distinct)} instruments occur; a piano is also what files have that name none. `) +
      (drums === 0 ? 'No pair has drums.' : `${percent(drums, source.rows)} of the pairs have drums.`),
    finding: facts.distinct === 1 && source.rows >= 40 ? `${only} of all pairs.` : null,
  });
}

export function noteCountDistribution(source: SummarySource): Distribution | undefined {
  return numberDistribution(
    source.number('midi_metadata.n_notes'),
    { integer: true, scale: 'auto' },
    ({ count }, counts) => {
      const few = countBelow(counts, FEW_NOTES);
      return {
        id: 'notes',
        title: 'Notes',
        unit: 'notes',
        note:
          few > 0
            ? `${counted(few, 'pair has', 'pairs have')} fewer than ${FEW_NOTES} notes (${percent(few, count)}): hardly music, look at them.`
            : `No pair has fewer than ${FEW_NOTES} notes. A long tail to the right costs tokens: see their number.`,
        finding: few > 0 ? `${counted(few, 'pair has', 'pairs have')} fewer than ${FEW_NOTES} notes.` : null,
      };
    },
  );
}

export function densityDistribution(source: SummarySource): Distribution | undefined {
  const summary = source.number('midi_metadata.notes_per_second');
  return numberDistribution(summary, { integer: false, scale: 'auto' }, ({ p99, count }, counts) => {
    const dense = countFrom(counts, DENSE);
    return {
      id: 'density',
      title: 'Note density',
      unit: 'notes per second',
      note:
        dense > 0
          ? `${counted(dense, 'pair has', 'pairs have')} ${DENSE} notes a second or more (${percent(dense, count)}), more than players play: doubled tracks, or rendered ornaments.`
          : `None reaches ${DENSE} notes a second, which is more than players play; 99 in 100 stay below ${short(p99)}.`,
      finding: dense > 0 ? `${counted(dense, 'pair has', 'pairs have')} ${DENSE} notes a second or more.` : null,
    };
  });
}

export function polyphonyDistribution(source: SummarySource): Distribution | undefined {
  const summary = source.number('midi_metadata.polyphony');
  return numberDistribution(summary, { integer: false, scale: 'linear' }, ({ p50, count }, counts) => {
    const single = countBelow(counts, 1.05);
    return {
      id: 'polyphony',
      title: 'Polyphony',
      unit: 'pitches at once',
      note:
        `Without drums, while anything sounds: in the median ${short(p50)} pitches. ` +
        (single > 0
          ? `${counted(single, 'pair is a single melody', 'pairs are single melodies')} (${percent(single, count)}).`
          : 'No pair is a single melody.'),
    };
  });
}

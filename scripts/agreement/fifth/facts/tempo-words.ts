import type { KnownPiece } from '../../style.ts';

/**
 * Words with the beats per minute at which nobody would dispute them. Where the tables of the textbooks differ
 * (adagio is 55 to 66 in some and 66 to 76 in others) the range is what they share, or close to it.
 */
interface TempoWord {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** Fit before "tempo", "pace" and the name of a thing. */
const adjectives: readonly TempoWord[] = [
  { word: 'crawling', from: 0, to: 52 },
  { word: 'very slow', from: 0, to: 54 },
  { word: 'slow-moving', from: 0, to: 64 },
  { word: 'slow', from: 0, to: 70 },
  { word: 'slow', from: 0, to: 70 },
  { word: 'slow-paced', from: 0, to: 68 },
  { word: 'leisurely', from: 0, to: 72 },
  { word: 'unhurried', from: 0, to: 74 },
  { word: 'moderately paced', from: 98, to: 112 },
  { word: 'mid-tempo', from: 96, to: 114 },
  { word: 'medium-tempo', from: 98, to: 114 },
  { word: 'brisk', from: 126, to: 170 },
  { word: 'uptempo', from: 130, to: 200 },
  { word: 'up-tempo', from: 130, to: 200 },
  { word: 'quick', from: 134, to: 200 },
  { word: 'fast', from: 138, to: 220 },
  { word: 'fast', from: 138, to: 220 },
  { word: 'fast-paced', from: 140, to: 220 },
  { word: 'rapid', from: 154, to: 220 },
  { word: 'very fast', from: 168, to: 240 },
  { word: 'breakneck', from: 176, to: 260 },
];

/** Fit before "tempo" alone. */
const ofTempo: readonly TempoWord[] = [
  { word: 'moderate', from: 96, to: 114 },
  { word: 'medium', from: 98, to: 114 },
];

const italian: readonly TempoWord[] = [
  { word: 'Largo', from: 42, to: 54 },
  { word: 'Lento', from: 46, to: 60 },
  { word: 'Adagio', from: 58, to: 70 },
  { word: 'Andante', from: 80, to: 98 },
  { word: 'Moderato', from: 108, to: 114 },
  { word: 'Allegro', from: 122, to: 138 },
  { word: 'Vivace', from: 158, to: 170 },
  { word: 'Presto', from: 172, to: 196 },
];

const adverbs: readonly TempoWord[] = [
  { word: 'slowly', from: 0, to: 70 },
  { word: 'at a crawl', from: 0, to: 52 },
  { word: 'at a snail’s pace', from: 0, to: 52 },
  { word: 'without any hurry', from: 0, to: 70 },
  { word: 'at a walking pace', from: 84, to: 98 },
  { word: 'at a moderate pace', from: 96, to: 114 },
  { word: 'neither fast nor slow', from: 98, to: 112 },
  { word: 'briskly', from: 126, to: 170 },
  { word: 'quickly', from: 138, to: 220 },
  { word: 'at a fair lick', from: 140, to: 180 },
  { word: 'at a gallop', from: 150, to: 200 },
  { word: 'at breakneck speed', from: 176, to: 260 },
];

const tables = {
  adjective: adjectives,
  'of tempo': [...adjectives.filter(({ word }) => !word.includes('tempo')), ...ofTempo],
  italian,
  adverb: adverbs,
};

/** The words that fit the piece; in compound meters such as 6/8 they must fit the dotted beat too. */
export function tempoWords({ bpm, meter }: KnownPiece, form: keyof typeof tables): readonly string[] {
  const beats = meter.endsWith('/8') ? [bpm, (bpm * 2) / 3] : [bpm];
  return tables[form]
    .filter(({ from, to }) => beats.every((each) => each >= from && each <= to))
    .map(({ word }) => word);
}

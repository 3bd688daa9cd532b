import { seededRandom } from '../test/seeded-random.ts';

const WORDS =
  'a the this slow fast gentle bright piece song waltz march tune in of for with and over under while then major minor key piano strings guitar bass drums flute melody chords rhythm tempo beats per minute about 120 92 mood calm dark joyful nostalgic driving syncopated arpeggio arpeggios quarter eighth notes section verse chorus bridge repeats rises falls quietly loudly steady swinging steps leaps accompaniment counterpoint texture solo ensemble brass woodwind'.split(
    ' ',
  );

/** `count` English-like captions of 15 to 80 words, the same for the same seed. */
export function makeCaptions(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const length = 15 + Math.floor(random() * 66);
    return `${Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ')}.`;
  });
}

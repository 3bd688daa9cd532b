import { choose } from './choose.ts';
import type { Slot } from './slots.ts';

interface MeterWords {
  readonly spoken: readonly string[];
  readonly idioms: readonly string[];
  readonly beats: string;
  readonly beatsToTheBar: readonly string[];
}

/** POP909 writes 1/4 where only the beats are known: nobody would say that of a song, so there is no word for it. */
const METERS: Readonly<Record<string, MeterWords>> = {
  '4/4': {
    spoken: ['four-four', 'four-four', 'four four', '4-4'],
    idioms: ['common time', 'common time', 'quadruple time', 'straight four-four'],
    beats: 'four',
    beatsToTheBar: [
      'four beats to the bar',
      'four crotchets to the bar',
      'four beats per measure',
      'four beats in a bar',
    ],
  },
  '3/4': {
    spoken: ['three-four', 'three-four', 'three-quarter', '3-4'],
    idioms: ['waltz time', 'triple time', 'waltz time', 'triple meter'],
    beats: 'three',
    beatsToTheBar: [
      'three beats to the bar',
      'three crotchets to the bar',
      'three beats per measure',
      'three beats a bar',
    ],
  },
  '2/4': {
    spoken: ['two-four', 'two-four', '2-4'],
    idioms: ['duple time', 'simple duple time', 'duple meter'],
    beats: 'two',
    beatsToTheBar: ['two beats to the bar', 'two crotchets to the bar', 'two beats per measure'],
  },
  '2/2': {
    spoken: ['two-two', '2-2'],
    idioms: ['cut time', 'cut common time', 'alla breve'],
    beats: 'two',
    beatsToTheBar: ['two minims to the bar', 'two half notes per measure'],
  },
  '6/8': {
    spoken: ['six-eight', 'six-eight', '6-8'],
    idioms: ['compound duple time', 'compound duple meter'],
    beats: 'six',
    beatsToTheBar: ['six quavers to the bar', 'six eighth notes per measure'],
  },
};

export const METER_SLOTS: Readonly<Record<string, Slot>> = {
  meter: ({ meter }) => (METERS[meter] === undefined ? undefined : meter),
  'meter spoken': ({ meter }, random) => oneOf(METERS[meter]?.spoken, random),
  'meter idiom': ({ meter }, random) => oneOf(METERS[meter]?.idioms, random),
  'beats to the bar': ({ meter }, random) => oneOf(METERS[meter]?.beatsToTheBar, random),
  'beats counted': ({ meter }) => METERS[meter]?.beats,
  waltz: ({ meter }) => (meter === '3/4' ? 'waltz' : undefined),
  'not waltz': ({ meter }) => (meter === '4/4' ? 'waltz' : undefined),
  'waltz elsewhere': ({ meter }) => (meter === '3/4' ? undefined : 'waltz'),
  'other meter': ({ meter }, random) =>
    choose(
      ['5/4', '7/8', '9/8', '2/4', '3/8'].filter((other) => other !== meter),
      random,
    ),
};

function oneOf(words: readonly string[] | undefined, random: () => number): string | undefined {
  return words === undefined ? undefined : choose(words, random);
}

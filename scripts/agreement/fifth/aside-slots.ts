import type { KnownPiece } from '../style.ts';
import { commonInstruments } from './facts/instrument-names.ts';
import { keyInProse, pitchClass } from './facts/key-spelling.ts';
import { pick } from './pick.ts';
import type { Segment } from './segment.ts';
import type { Slot } from './slot.ts';
import { genres } from './words/genres.ts';
import { moods } from './words/moods.ts';
import { people } from './words/people.ts';
import { places } from './words/places.ts';
import { scenes } from './words/scenes.ts';
import { works } from './words/works.ts';

const tonics = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
const meters = ['4/4', '3/4', '6/8', '2/4', '5/4', '12/8'];
const telling = /[\d/]|\b(?:major|minor|maj|min|sharp|flat|dur|moll|waltz|drums?|solo|time|beat|in [a-h])\b/i;
const tempoNames = /\b(?:largo|lento|adagio|andante|moderato|allegr\w+|vivace|presto|slow\w*|fast|quick)\b/i;

/** Mood, genre and setting; the title; and facts of other music, which differ from those of the piece. */
export const asideSlots: Readonly<Record<string, Slot>> = {
  mood: (_, random, said) => pick(unsaid(moods, said), random),
  genre: (_, random, said) => pick(unsaid(genres, said), random),
  'genre joined': (_, random) => pick(genres, random)?.replace(/[ -]/g, ''),
  place: (_, random) => pick(places, random),
  scene: (_, random) => pick(scenes, random),
  person: (piece, random) =>
    pick(
      people.filter((each) => !namesInstrumentOf(piece, each)),
      random,
    ),
  title: (piece) => (isPlain(piece.title, piece) ? piece.title : undefined),
  artist: (piece) => (isPlain(piece.artist, piece) ? piece.artist : undefined),
  work: (piece, random) =>
    pick(
      works.filter(({ text, tonic, mode }) => !isNear(piece, tonic, mode) && !namesInstrumentOf(piece, text)),
      random,
    )?.text,
  'other instrument': (piece, random) =>
    pick(
      commonInstruments.filter((each) => !namesInstrumentOf(piece, each)),
      random,
    ),
  'other key': (piece, random) => {
    const mode = random() < 0.5 ? 'major' : 'minor';
    const tonic = pick(
      tonics.filter((each) => !isNear(piece, each, mode)),
      random,
    );
    return tonic === undefined ? undefined : keyInProse({ tonic, mode }, random);
  },
  'other meter': ({ meter }, random) =>
    pick(
      meters.filter((each) => each !== meter),
      random,
    ),
  'other bpm': ({ bpm }, random) => {
    const number = 50 + Math.floor(random() * 130);
    return Math.abs(number - bpm) < 15 ? undefined : String(number);
  },
  'other minutes': ({ seconds }, random) => {
    const number = 2 + Math.floor(random() * 58);
    return Math.abs(number - seconds / 60) < 1 ? undefined : String(number);
  },
  year: (_, random) => String(1920 + Math.floor(random() * 105)),
  /** A day of the year, in figures that might be a meter. */
  day: ({ meter }, random) =>
    pick(
      ['3/4', '6/8', '2/4', '4/4', '9/8', '12/8', '5/4'].filter((each) => each !== meter),
      random,
    ),
  stars: (_, random) => pick(['4/5', '3/5', '5/5', '9/10', '7/10', '8/10', '6/10', '4.5/5'], random),
  opus: (_, random) => `Op. ${1 + Math.floor(random() * 130)} No. ${1 + Math.floor(random() * 12)}`,
  price: (_, random) => `${1 + Math.floor(random() * 20)}.${pick(['99', '50', '95'], random)}`,
  count: (_, random) => String(11 + Math.floor(random() * 300)),
  few: (_, random) => pick(['two', 'three', 'four', 'five', 'six'], random),
  chords: (piece, random) => chords(piece, random),
};

function unsaid(words: readonly string[], said: readonly Segment[]): readonly string[] {
  return words.filter((word) => !said.some(({ text }) => text.toLowerCase() === word.toLowerCase()));
}

/** A name that says nothing by itself, as "Nocturne in E-flat" would. */
function isPlain(name: string, piece: KnownPiece): boolean {
  if (name.trim() === '' || telling.test(name) || tempoNames.test(name)) return false;
  return !namesInstrumentOf(piece, name) && !commonInstruments.some((each) => name.toLowerCase().includes(each));
}

function namesInstrumentOf({ instruments }: KnownPiece, text: string): boolean {
  const words = instruments.flatMap((instrument) => instrument.toLowerCase().split(/\s+/));
  return words.some((word) => text.toLowerCase().includes(word.replace(/s$/, '')));
}

/** The same key, its relative or its parallel. */
function isNear(piece: KnownPiece, tonic: string, mode: string): boolean {
  const up = (pitchClass(tonic) - pitchClass(piece.tonic) + 12) % 12;
  return up === 0 || (mode !== piece.mode && up === (piece.mode === 'major' ? 9 : 3));
}

function chords(piece: KnownPiece, random: () => number): string {
  const chord = () => `${pick(tonics, random)}${pick(['', 'm', '7', 'maj7', 'm7', 'sus4'], random)}`;
  const named = [chord(), chord(), chord(), chord()].filter((each) => !each.startsWith(piece.tonic));
  return (named.length < 2 ? ['IV', 'V', 'vi'] : named).join(', ');
}

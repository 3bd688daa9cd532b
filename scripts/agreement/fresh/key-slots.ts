import type { KnownPiece } from '../style.ts';
import { choose } from './choose.ts';
import type { Slot } from './slots.ts';

/** By semitones above C; the name that people use more often first. */
const MAJOR = ['C', 'Db C#', 'D', 'Eb D#', 'E', 'F', 'F# Gb', 'G', 'Ab G#', 'A', 'Bb A#', 'B'];
const MINOR = ['C', 'C# Db', 'D', 'Eb D#', 'E', 'F', 'F# Gb', 'G', 'G# Ab', 'A', 'Bb A#', 'B'];
const NATURAL: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const RARER_NAME = 0.3;

type Mode = KnownPiece['mode'];

/** DJs count keys by fifths: A for minor, B for major; A minor and C major are 8. */
const camelot: Slot = ({ tonic, mode }) => {
  const ofMajor = (semitone(tonic) + (mode === 'minor' ? 3 : 0)) % 12;
  return `${((ofMajor * 7 + 7) % 12) + 1}${mode === 'minor' ? 'A' : 'B'}`;
};

export const KEY_SLOTS: Readonly<Record<string, Slot>> = {
  key: ({ tonic, mode }, random) => inFull(semitone(tonic), mode, random),
  tonic: ({ tonic, mode }, random) => spelled(name(semitone(tonic), mode, random), random),
  mode: ({ mode }) => mode,
  'other mode': ({ mode }) => opposite(mode),
  'short key': ({ tonic, mode }, random) => inShort(semitone(tonic), mode, random),
  'key hashtag': ({ tonic, mode }, random) => {
    const letters = name(semitone(tonic), mode, random).replace('#', 'sharp').replace(/b$/, 'flat');
    return choose([`${letters}${mode}`, `${letters}${mode}`.toLowerCase(), `${letters}_${mode}`], random);
  },
  'major tonic': ({ tonic, mode }, random) =>
    mode === 'major' ? spelled(name(semitone(tonic), mode, random), random) : undefined,
  camelot,
  'relative key': ({ tonic, mode }, random) =>
    inFull(semitone(tonic) + (mode === 'minor' ? 3 : 9), opposite(mode), random),
  'other key': ({ tonic }, random) =>
    inFull(semitone(tonic) + 1 + Math.floor(random() * 11), choose(['major', 'minor'], random), random),
  chords: (_, random) =>
    choose(['Am, F, C and G', 'Dm7, G7 and Cmaj7', 'Em, C, G and D', 'I, V, vi and IV', 'F#m, D and A'], random),
};

function semitone(tonic: string): number {
  const shift = tonic.endsWith('#') ? 1 : tonic.endsWith('b') ? 11 : 0;
  return ((NATURAL[tonic.charAt(0)] ?? 0) + shift) % 12;
}

function opposite(mode: Mode): Mode {
  return mode === 'minor' ? 'major' : 'minor';
}

function name(semitones: number, mode: Mode, random: () => number): string {
  const [usual = 'C', rarer = usual] = ((mode === 'major' ? MAJOR : MINOR)[semitones % 12] ?? 'C').split(' ');
  return random() < RARER_NAME ? rarer : usual;
}

function spelled(tonic: string, random: () => number): string {
  const letter = tonic.charAt(0);
  const [sign, word] = tonic.endsWith('#') ? ['♯', 'sharp'] : ['♭', 'flat'];
  return tonic.length === 1
    ? tonic
    : choose([tonic, `${letter}${sign}`, `${letter} ${word}`, `${letter}-${word}`], random);
}

function inFull(semitones: number, mode: Mode, random: () => number): string {
  const tonic = spelled(name(semitones, mode, random), random);
  return `${tonic}${random() < 0.08 ? '-' : ' '}${mode}`;
}

function inShort(semitones: number, mode: Mode, random: () => number): string {
  const full = name(semitones, mode, random);
  const tonic = random() < 0.25 ? full.replace('#', '♯').replace(/b$/, '♭') : full;
  if (mode === 'minor') return choose([`${tonic}m`, `${tonic} min`, `${tonic}min`, `${tonic} minor`], random);
  return choose([`${tonic} maj`, `${tonic}maj`, `${tonic} major`, `${tonic} Maj.`], random);
}

import type { KnownPiece } from '../style.ts';
import { pick, type Vocabulary, type Words } from './markup.ts';

interface Band {
  /** The band's tempos are below this one. */
  readonly below: number;
  /** As before "piece". */
  readonly adjective: readonly string[];
  /** As on a score. */
  readonly italian: readonly string[];
  /** As after "at", "has". */
  readonly pace: readonly string[];
  /** As after "it is". */
  readonly denial: readonly string[];
}

const bands: readonly Band[] = [
  {
    below: 49,
    adjective: ['very slow', 'extremely slow', 'slow', 'super slow'],
    italian: ['Largo', 'Grave', 'Largo'],
    pace: ['a very slow tempo', 'a slow pace', "a snail's pace", 'a very slow speed'],
    denial: ['never fast', 'not fast at all', 'anything but fast'],
  },
  {
    below: 59,
    adjective: ['slow', 'slow', 'slow', 'slow-paced', 'slow-moving'],
    italian: ['Largo', 'Lento', 'Lento'],
    pace: ['a slow tempo', 'a slow tempo', 'a slow pace', 'a slow speed'],
    denial: ['never fast', 'not fast at all', 'anything but fast'],
  },
  {
    below: 69,
    adjective: ['slow', 'slow', 'slow', 'slow-paced', 'slow-tempo'],
    italian: ['Adagio', 'Adagio', 'adagio'],
    pace: ['a slow tempo', 'a slow tempo', 'a slow pace', 'an adagio tempo'],
    denial: ['never fast', 'not fast', 'anything but fast', 'never in a hurry'],
  },
  {
    below: 79,
    adjective: ['moderately slow', 'fairly slow', 'slowish', 'rather slow'],
    italian: [],
    pace: ['a moderately slow tempo', 'a fairly slow pace', 'a slowish tempo'],
    denial: ['not fast', 'never in a hurry'],
  },
  {
    below: 98,
    adjective: ['andante', 'andante', 'walking-pace'],
    italian: ['Andante', 'Andante', 'andante'],
    pace: ['a walking pace', 'an andante tempo', 'an easy walking tempo'],
    denial: ['not very fast', 'not that fast'],
  },
  {
    below: 113,
    adjective: ['mid-tempo', 'mid-tempo', 'medium-tempo', 'midtempo', 'moderate-tempo'],
    italian: ['Moderato', 'Moderato', 'moderato'],
    pace: ['a moderate tempo', 'a moderate tempo', 'a medium tempo', 'a moderate pace'],
    denial: ['neither slow nor fast', 'not too fast and not too slow'],
  },
  {
    below: 123,
    adjective: ['moderately fast', 'moderately quick'],
    italian: ['Allegretto', 'allegretto'],
    pace: ['a moderately fast tempo', 'a moderately fast pace'],
    denial: ['not slow', 'not that slow'],
  },
  {
    below: 129,
    adjective: ['fairly fast', 'fairly quick', 'moderately fast'],
    italian: ['Allegro'],
    pace: ['a fairly fast tempo', 'a fairly quick pace', 'an allegro tempo'],
    denial: ['not slow', 'anything but slow'],
  },
  {
    below: 157,
    adjective: ['fast', 'fast', 'up-tempo', 'uptempo', 'quick', 'brisk', 'fast-paced'],
    italian: ['Allegro', 'Allegro', 'allegro'],
    pace: ['a fast tempo', 'a fast tempo', 'a brisk pace', 'a quick tempo', 'a fast pace', 'an allegro tempo'],
    denial: ['not slow', 'anything but slow', 'never slow'],
  },
  {
    below: 171,
    adjective: ['fast', 'fast', 'fast-paced', 'quick', 'uptempo'],
    italian: ['Vivace', 'vivace'],
    pace: ['a fast tempo', 'a fast pace', 'a high tempo', 'a quick tempo'],
    denial: ['anything but slow', 'not slow at all', 'never slow'],
  },
  {
    below: 400,
    adjective: ['very fast', 'very fast', 'super fast', 'fast', 'extremely quick'],
    italian: ['Presto', 'Presto', 'presto'],
    pace: ['a very fast tempo', 'a very fast pace', 'a breakneck tempo', 'breakneck speed'],
    denial: ['anything but slow', 'not slow at all'],
  },
];

function from(field: 'adjective' | 'italian' | 'pace' | 'denial'): Words {
  return (piece, random) => {
    const list = bandOf(piece)?.[field] ?? [];
    return list.length > 0 ? pick(random, list) : undefined;
  };
}

function bandOf(piece: KnownPiece): Band | undefined {
  return piece.bpm > 20 ? bands.find((band) => piece.bpm < band.below) : undefined;
}

function simple(piece: KnownPiece): string | undefined {
  if (piece.bpm < 69) return 'slow';
  if (piece.bpm >= 98 && piece.bpm < 113) return 'medium';
  return piece.bpm >= 129 ? 'fast' : undefined;
}

function adverb(piece: KnownPiece): string | undefined {
  if (piece.bpm < 69) return 'slowly';
  return piece.bpm >= 129 ? 'fast' : undefined;
}

/** How tempo is told in words. */
export const paceWords: Vocabulary = {
  adjective: from('adjective'),
  PACED: ['<w:{adjective}>'],
  pace: from('pace'),
  PACE: ['<w:{pace}>'],
  italianpace: from('italian'),
  ITALIAN: ['<w:{italianpace}>'],
  denial: from('denial'),
  NOTPACE: ['<w:{denial}>'],
  simple,
  SIMPLE: ['<w:{simple}>'],
  Simple: (piece) => simple(piece)?.replace(/^./, (letter) => letter.toUpperCase()),
  stark: (piece) => adverb(piece)?.replace('ly', ''),
  STARK: ['<w:{stark}>'],
  adverb,
  ADVERB: ['<w:{adverb}>'],
  otherpace: (piece) => {
    if (piece.bpm < 80) return 'fast';
    return piece.bpm > 112 ? 'slow' : undefined;
  },
};

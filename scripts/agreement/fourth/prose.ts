import type { KnownPiece, Style } from '../style.ts';
import { pick, type Random, sequence, unmark } from './markup.ts';
import { closers, followers, openers, sleeves } from './prose-sentences.ts';
import { capital, finish } from './spelling.ts';
import { vocabulary } from './vocabulary.ts';

function plan(random: Random): readonly (readonly string[])[] {
  if (random() < 0.22) return pick(random, [[sleeves], [sleeves, followers], [sleeves, sleeves, closers]]);
  const common = [
    [openers, followers, closers],
    [openers, followers],
    [openers, followers, followers],
    [openers, closers, followers],
    [openers, followers, followers, closers],
    [openers],
  ];
  return pick(random, common);
}

function text(piece: KnownPiece, random: Random): string {
  const sentences = sequence({ vocabulary, piece, random }, plan(random));
  const found = sentences.length > 0 ? sentences : ['A piece of music, recorded in a small room.'];
  return finish(found.map(capital).join(' '), { small: 0.03, slips: 0.03, noStop: 0.03 }, random);
}

/** Captions as paid listeners and language models write them, and the text on record sleeves. */
export const prose: Style = {
  name: 'prose',
  write: (piece, random) => unmark(text(piece, random)),
};

import type { KnownPiece, Style } from '../style.ts';
import { pick, type Random, sequence, unmark } from './markup.ts';
import { claims } from './review-claims.ts';
import { besides, mixed, plainTalk } from './review-talk.ts';
import { capital, finish } from './spelling.ts';
import { vocabulary } from './vocabulary.ts';

function plan(random: Random): readonly (readonly string[])[] {
  const common = [
    [claims],
    [claims, plainTalk],
    [plainTalk, claims],
    [plainTalk, claims, claims],
    [claims, claims],
    [claims, besides],
    [besides, claims],
    [claims, besides, claims],
    [plainTalk, claims, besides],
    [mixed],
    [mixed, plainTalk],
    [mixed, claims],
    [claims, mixed],
    [besides, plainTalk],
  ];
  return pick(random, common);
}

function text(piece: KnownPiece, random: Random): string {
  const sentences = sequence({ vocabulary, piece, random }, plan(random));
  const found = sentences.length > 0 ? sentences : ['Nice one.'];
  return finish(found.map(capital).join(' '), { small: 0.25, slips: 0.08, noStop: 0.25 }, random);
}

/** What listeners, teachers and people on forums say of a piece, among much else. */
export const reviews: Style = {
  name: 'reviews',
  write: (piece, random) => unmark(text(piece, random)),
};

import type { KnownPiece, Style } from '../style.ts';
import { pick, type Random, sequence, unmark } from './markup.ts';
import { additions, asides, asks, fragments } from './prompt-lines.ts';
import { finish } from './spelling.ts';
import { vocabulary } from './vocabulary.ts';

function plan(random: Random): readonly (readonly string[])[] {
  const common = [
    [asks],
    [asks],
    [asks, additions],
    [asks, additions],
    [asks, additions, additions],
    [asks, additions, asides],
    [asks, asides],
  ];
  return pick(random, common);
}

function sentence(parts: readonly string[], random: Random): string {
  const glue = pick(random, ['. ', '. ', ', ', ', ', '. ', ' - ']);
  return parts.join(glue) + pick(random, ['', '', '', '.', '.', '!']);
}

function bits(piece: KnownPiece, random: Random): string {
  const count = 2 + Math.floor(random() * 4);
  const lists = Array.from({ length: count }, () => fragments);
  return sequence({ vocabulary, piece, random }, lists).join(', ');
}

function text(piece: KnownPiece, random: Random): string {
  const maker = { vocabulary, piece, random };
  const made = random() < 0.3 ? bits(piece, random) : sentence(sequence(maker, plan(random)), random);
  return finish(made || 'some nice music', { small: 0.4, slips: 0.06, noStop: 0.3 }, random);
}

/** What people type to a model that makes music. */
export const prompts: Style = {
  name: 'prompts',
  write: (piece, random) => unmark(text(piece, random)),
};

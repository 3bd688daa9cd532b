import type { KnownPiece, Style } from '../style.ts';
import { choose, pick, type Random, unmark } from './markup.ts';
import { articles } from './spelling.ts';
import { lines } from './template-lines.ts';
import { vocabulary } from './vocabulary.ts';

/** Said where a piece lacks the facts for every line tried. */
const bare = ['Untitled recording, catalogue no. {id}.', 'Item {id} | {label} | {year}'];

function line(piece: KnownPiece, random: Random): string {
  const maker = { vocabulary, piece, random };
  const list = random() < 0.55 ? lines.plain : pick(random, [lines.records, lines.sentences, lines.rare]);
  const none = new Set<string>();
  return choose(maker, list, none) ?? choose(maker, bare, none) ?? 'Untitled recording.';
}

/** Lines of catalogues and data bases, library metadata, sentences written by a machine. */
export const templates: Style = {
  name: 'templates',
  write: (piece, random) => unmark(articles(line(piece, random))),
};

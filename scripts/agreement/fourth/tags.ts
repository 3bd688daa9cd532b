import type { KnownPiece, Style } from '../style.ts';
import { choose, pick, type Random, sequence, unmark } from './markup.ts';
import { articles, slip, small } from './spelling.ts';
import { hashes, items, noise, pairs, whole } from './tag-items.ts';
import { vocabulary } from './vocabulary.ts';

interface Way {
  readonly items: readonly string[];
  readonly noise: readonly string[];
  readonly glue: readonly string[];
  readonly share: number;
}

const besides = ['#{hashgenre}', '#{mood}', '#fyp', '#musicians', '#{hashgenre}music', '#nowplaying'];
const others = ['mood={mood}', 'genre={genre}', 'id={id}', 'year={year}'];
const ways: readonly Way[] = [
  { items, noise, glue: [', ', ', ', ', ', ' / ', ' | ', '; ', ' · ', ','], share: 0.72 },
  { items: hashes, noise: besides, glue: [' '], share: 0.86 },
  { items: pairs, noise: others, glue: [' ', '; ', ', ', '\n', '&'], share: 1 },
];

function wayOf(random: Random): Way {
  const chance = random();
  return ways.find((way) => chance < way.share) ?? ways[0] ?? { items: [], noise: [], glue: [], share: 1 };
}

function shuffled(list: readonly string[], random: Random): string[] {
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function list(piece: KnownPiece, random: Random): string {
  const way = wayOf(random);
  const facts = 1 + Math.floor(random() * 4);
  const more = Math.floor(random() * 4);
  const lists = Array.from({ length: facts + more }, (_none, at) => (at < facts ? way.items : way.noise));
  const found = sequence({ vocabulary, piece, random }, lists);
  return shuffled(found, random).join(pick(random, way.glue));
}

function text(piece: KnownPiece, random: Random): string {
  const made = random() < 0.3 ? choose({ vocabulary, piece, random }, whole, new Set()) : undefined;
  let out = articles(made ?? list(piece, random));
  if (random() < 0.35) out = small(out);
  return random() < 0.03 ? slip(out, random) : out;
}

/** Lists of tags: by commas, as hashtags, as pairs of key and value, in abbreviations. */
export const tags: Style = {
  name: 'tags',
  write: (piece, random) => unmark(text(piece, random) || 'untitled'),
};

import type { KnownPiece } from '../style.ts';
import { pick, type Random } from './marks.ts';

const CLAIMS =
  /major|minor|dur\b|moll\b|waltz|valse|\d|sharp|flat|slow|fast|presto|allegro|adagio|andante|lento|largo|piano/i;
const MORE_CLAIMS =
  /guitar|moderato|vivace|flute|violin|trumpet|cello|clarinet|organ|drum|solo|["“”⟦⟧]|^unknown|^untitled/i;

const LISTS: Readonly<Record<string, string>> = {
  mood:
    'melancholic;wistful;dreamy;tender;hopeful;playful;brooding;nostalgic;warm;romantic;mysterious;serene;' +
    'bittersweet;cheerful;dramatic;intimate;elegant;solemn',
  mood2: 'cinematic;reflective;heartfelt;dark;sunny;haunting;delicate;lyrical;spacious',
  genre: 'jazz;classical;film-score;new age;blues;gospel;folk;pop;neoclassical;ragtime',
  era: '1920s;19th-century;late Romantic;post-war;Edwardian;1970s;early twentieth-century',
  composer: 'Debussy;Bill Evans;Satie;Chopin;Ravel;Keith Jarrett;Scriabin;Fats Waller;Sakamoto',
  work:
    '"Gymnopédie No. 1";Chopin\'s "Minute Waltz";"Waltz for Debby";the slow movement of a Mozart concerto;' +
    '"Clair de Lune";Barber\'s Adagio for Strings;"Maple Leaf Rag";Bach\'s Prelude in C major;' +
    'the "Moonlight" Sonata;Rachmaninoff\'s Prelude in C-sharp minor;"Take Five"',
  rating: '8/10;9/10;4/5 stars;7 out of 10;Four stars;3/5;4.5 out of 5',
  chords: 'Am, F, C, and G;Dm7, G7, and Cmaj7;Eb, Bb, and Cm;F#m, D, and A;Bb, Gm, Eb, and F',
  scene: 'a rainy evening;a late-night drive;a candlelit dinner;a walk by the sea;a slow Sunday morning',
  scene2: 'an indie film;a coffee shop playlist;a documentary;a study session;a fantasy game;a love scene',
  other: 'harp;music box;harpsichord;bassoon;saxophone;string quartet;cello;flute;guitar',
};

export function fillFiller(slot: string, piece: KnownPiece, random: Random): string | undefined {
  const named = slot === 'title' ? piece.title : slot === 'artist' ? piece.artist : undefined;
  if (named !== undefined) {
    const isPlain = named.length > 1 && !CLAIMS.test(named) && !MORE_CLAIMS.test(named);
    return isPlain ? named : undefined;
  }
  const items = (LISTS[slot] ?? '').split(';').filter((one) => one !== '');
  const isElsewhere = (name: string): boolean => !piece.instruments.some((own) => own.includes(name));
  return pick(slot === 'other' ? items.filter(isElsewhere) : items, random);
}

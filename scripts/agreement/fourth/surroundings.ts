import type { KnownPiece } from '../style.ts';
import { pick, type Random, type Vocabulary } from './markup.ts';

const telling = new RegExp(
  'major|minor|\\bdur\\b|moll\\b|majeur|mineur|sharp|flat|\\d/\\d|bpm|' +
    'largo|lento|adagio|andant|moderato|allegr|vivace|presto|solo|drum|[<>{}]',
  'i',
);

function quiet(text: string, piece: KnownPiece): string | undefined {
  if (!text || telling.test(text)) return undefined;
  const tells = piece.instruments.some((name) => text.toLowerCase().includes(name.toLowerCase()));
  return tells ? undefined : text;
}

function between(random: Random, low: number, high: number): string {
  return String(low + Math.floor(random() * (high - low + 1)));
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => String(Math.floor(random() * 10))).join('');
}

/** What a caption tells besides: titles, catalogue numbers, moods, places. None of it is a claim. */
export const surroundings: Vocabulary = {
  title: (piece) => quiet(piece.title, piece),
  artist: (piece) => quiet(piece.artist, piece),
  id: (_piece, random) => between(random, 10000, 99999),
  small: (_piece, random) => between(random, 2, 14),
  opus: (_piece, random) => between(random, 2, 118),
  year: (_piece, random) => between(random, 1951, 2023),
  oldyear: (_piece, random) => between(random, 1721, 1911),
  plays: (_piece, random) => between(random, 102, 9800),
  percent: (_piece, random) => between(random, 61, 99),
  isrc: (_piece, random) => [pick(random, ['DE', 'GB', 'US', 'FR']), digits(random, 3), digits(random, 7)].join('-'),
  lufs: (_piece, random) => `-${between(random, 9, 23)} LUFS`,
  khz: ['44.1 kHz', '48 kHz', '96 kHz'],
  bits: ['16-bit', '24-bit'],
  kbps: ['320 kbps', '192 kbps', '256 kbps'],
  label: ['Harmonia', 'Blue Note', 'Naxos', 'ECM', 'Decca', 'Hyperion', 'BIS', 'Northlight Music', 'Signum'],
  mood: [
    'melancholic',
    'calm',
    'warm',
    'wistful',
    'dreamy',
    'tender',
    'nostalgic',
    'dark',
    'hopeful',
    'haunting',
    'peaceful',
    'romantic',
    'sad',
    'happy',
    'epic',
    'emotional',
    'reflective',
    'mysterious',
    'cheerful',
    'intimate',
  ],
  genre: ['classical', 'ambient', 'folk', 'film music', 'pop', 'jazz', 'new age', 'cinematic', 'world', 'game music'],
  hashgenre: ['classical', 'ambient', 'folk', 'pop', 'jazz', 'newage', 'cinematic', 'world', 'game'],
  use: [
    'documentaries',
    'wedding videos',
    'a rainy afternoon',
    'vlogs',
    'studying',
    'a film trailer',
    'yoga classes',
    'podcasts',
    'end credits',
    'a long drive',
    'an old silent film',
    'a museum audio guide',
  ],
  scene: [
    'an empty street after rain',
    'the first morning of spring',
    'an old photo album',
    'a farewell at a station',
    'a house by the sea',
    'a candle-lit room',
    'a walk in the woods',
    'snow falling at night',
    'a village fair',
  ],
  chords: [
    'C, F and G7',
    'Am, Dm and E7',
    'Bb, Eb and F',
    'G, C/G, D7 and Em',
    'Dm7, G7 and Cmaj7',
    'F#m, B and E',
    'Gm, Cm/G and D7',
    'I, IV and V',
    'i, VI, III and VII',
  ],
  composer: [
    'Chopin',
    'Satie',
    'Bach',
    'Debussy',
    'Yann Tiersen',
    'Joe Hisaishi',
    'Einaudi',
    'Morricone',
    'Grieg',
    'Bill Evans',
    'Nobuo Uematsu',
    'Philip Glass',
    'Ryuichi Sakamoto',
  ],
  othertitle: [
    "'Allegro for Anna'",
    "'Slow Train Home'",
    "'Fast Lane'",
    "'Minor Swing'",
    "'Fool on the Drum'",
    "'Take Five'",
    "'Presto!'",
    "'Waltz No. 2'",
    "'Sharp Dressed Man'",
    "'B Minor Mass'",
    "'Fur Elise'",
    "'Flat Beat'",
    "'Adagio for Strings'",
    "'Clair de Lune'",
    "'Sixteen Tons'",
    "'Piano Man'",
  ],
  town: ['Leipzig', 'Ghent', 'Austin', 'Lyon', 'Osaka', 'Tallinn', 'Bristol', 'Porto', 'Halifax'],
  who: ['my daughter', 'my husband', 'my flatmate', 'my dad', 'my boss', 'my neighbour', 'my cat', 'my cousin'],
  sideletter: ['A', 'B'],
  smiley: ['', '', '', ' :)', ' lol', ' haha', ' <3', '!!', ' ❤️', ' 😅'],
};

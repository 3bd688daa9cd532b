import { choose } from './choose.ts';
import type { Slot } from './slots.ts';

const oneOf =
  (words: string): Slot =>
  (_, random) =>
    choose(words.split(/,\s+/), random);

/** What surrounds claims: none of these words says how the piece is played. */
export const SCENE_SLOTS: Readonly<Record<string, Slot>> = {
  title: ({ title }) => title,
  artist: ({ artist }) => artist,
  mood: oneOf(`wistful, tender, bittersweet, hopeful, melancholy, nostalgic, warm, dreamy, heartfelt, sorrowful,
    romantic, reflective, sunny, brooding, yearning, sentimental, lonely, comforting`),
  genre: oneOf(`pop, C-pop, Mandopop, Cantopop, soft rock, folk-pop, R&B, indie pop, new age, adult contemporary,
    singer-songwriter, easy listening, TV-drama pop, synth-pop, K-pop`),
  topic: oneOf(`a first love, a missed last train, growing apart, the rain in Taipei, homesickness, letters never sent,
    summers at school, a father and his son, saying goodbye at an airport, fast cars and slow trains,
    starting again`),
  composer: oneOf(`Chopin, Debussy, Satie, Yiruma, Einaudi, Elton John, Teresa Teng, Joe Hisaishi, Jay Chou, Billy Joel,
    Schumann, Ravel, Michael Nyman, Carole King`),
  use: oneOf(`studying, weddings, rainy days, a film montage, background listening, reading, karaoke nights,
    end credits, yoga, coffee shops`),
  year: oneOf(`1994, 1999, 2001, 2003, 2004, 2006, 2008, 2011, 2013`),
};

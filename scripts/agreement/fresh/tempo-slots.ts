import { choose } from './choose.ts';
import { numberWords } from './number-words.ts';
import type { Slot } from './slots.ts';

/** Where no listener would object to the word; between them none is used. */
const SLOW_UP_TO = 74;
const MIDDLING = [92, 110] as const;
const FAST_FROM = 130;

export const TEMPO_SLOTS: Readonly<Record<string, Slot>> = {
  bpm: ({ bpm }) => `${Math.round(bpm)}`,
  'bpm in words': ({ bpm }) => numberWords(Math.round(bpm)),
  'bpm to five': ({ bpm }) => `${Math.round(bpm / 5) * 5}`,
  'bpm to ten': ({ bpm }) =>
    Math.abs(bpm - Math.round(bpm / 10) * 10) <= 2 ? `${Math.round(bpm / 10) * 10}` : undefined,
  'bpm range': ({ bpm }, random) => {
    const low = Math.floor((bpm - 1) / 5) * 5;
    return choose([`${low}-${low + 10}`, `${low}–${low + 10}`, `${low} to ${low + 10}`], random);
  },
  'bpm between': ({ bpm }) => {
    const low = Math.floor((bpm - 1) / 5) * 5;
    return `between ${low} and ${low + 10}`;
  },
  'other bpm': ({ bpm }, random) =>
    `${choose([44, 52, 96, 104, 124, 138, 150, 174, 180].filter(isFarFrom(bpm)), random)}`,
  slow: ({ bpm }, random) =>
    bpm <= SLOW_UP_TO ? choose(['slow', 'slow', 'unhurried', 'slow-moving'], random) : undefined,
  fast: ({ bpm }, random) =>
    bpm >= FAST_FROM ? choose(['fast', 'fast', 'quick', 'brisk', 'rapid'], random) : undefined,
  pace: ({ bpm }, random) => {
    if (bpm <= SLOW_UP_TO) return choose(['slow', 'slow', 'unhurried', 'slow-paced'], random);
    if (bpm >= FAST_FROM) return choose(['fast', 'fast', 'quick', 'fast-paced', 'brisk'], random);
    return isMiddling(bpm) ? choose(['mid-tempo', 'mid-tempo', 'medium-paced', 'midtempo'], random) : undefined;
  },
  'pace of a tempo': ({ bpm }, random) => {
    if (bpm <= SLOW_UP_TO) return choose(['slow', 'slow', 'unhurried'], random);
    if (bpm >= FAST_FROM) return choose(['fast', 'quick', 'brisk', 'rapid'], random);
    return isMiddling(bpm) ? choose(['moderate', 'medium', 'middling'], random) : undefined;
  },
  slowly: ({ bpm }, random) => {
    if (bpm <= SLOW_UP_TO) return choose(['slowly', 'at a slow pace', 'at a slow tempo'], random);
    return bpm >= FAST_FROM ? choose(['quickly', 'at a fast pace', 'at a rapid clip', 'briskly'], random) : undefined;
  },
  'opposite pace': ({ bpm }) => (bpm <= SLOW_UP_TO ? 'fast' : bpm >= FAST_FROM ? 'slow' : undefined),
  italian: ({ bpm }, random) => {
    if (bpm < 56) return choose(['Largo', 'Lento', 'Grave'], random);
    if (bpm >= 58 && bpm <= 74) return choose(['Adagio', 'Adagio', 'Larghetto', 'Lento'], random);
    if (bpm >= 82 && bpm <= 98) return 'Andante';
    if (bpm >= 104 && bpm <= 112) return 'Moderato';
    if (bpm >= 126 && bpm <= 156) return 'Allegro';
    if (bpm >= 160 && bpm < 174) return 'Vivace';
    return bpm >= 178 ? 'Presto' : undefined;
  },
};

function isMiddling(bpm: number): boolean {
  return bpm >= MIDDLING[0] && bpm <= MIDDLING[1];
}

function isFarFrom(bpm: number): (other: number) => boolean {
  return (other) => Math.abs(other / bpm - 1) > 0.15;
}

import { choose } from './choose.ts';
import { numberWords } from './number-words.ts';
import type { Slot } from './slots.ts';

export const LENGTH_SLOTS: Readonly<Record<string, Slot>> = {
  clock: ({ seconds }) => {
    const { minutes, rest } = parts(seconds);
    return `${minutes}:${String(rest).padStart(2, '0')}`;
  },
  'length in full': ({ seconds }, random) => {
    const { minutes, rest } = parts(seconds);
    if (minutes < 2 || rest < 2) return undefined;
    const words = `${numberWords(minutes)} minutes and ${numberWords(rest)} seconds`;
    return choose([words, `${minutes} minutes ${rest} seconds`, `${minutes} minutes and ${rest} seconds`], random);
  },
  'length in short': ({ seconds }, random) => {
    const { minutes, rest } = parts(seconds);
    return choose(
      [
        `${minutes}m${rest}s`,
        `${minutes} min ${rest} s`,
        `${minutes}min ${rest}sec`,
        `${minutes}'${String(rest).padStart(2, '0')}"`,
      ],
      random,
    );
  },
  'length in seconds': ({ seconds }) => `${Math.round(seconds)}`,
  'length roughly': ({ seconds }, random) => {
    const { minutes, rest } = parts(seconds);
    if (minutes < 2) return undefined;
    const number = choose([numberWords, String], random);
    const [down, up] = [number(minutes), number(minutes + 1)];
    if (rest <= 6) return choose([`about ${down} minutes`, `${down} minutes or so`, `roughly ${down} minutes`], random);
    if (rest <= 19) return choose([`just over ${down} minutes`, `a little over ${down} minutes`], random);
    if (rest >= 23 && rest <= 37)
      return `${choose(['around', 'about', 'some'], random)} ${numberWords(minutes)} and a half minutes`;
    if (rest >= 54)
      return choose([`about ${up} minutes`, `close to ${up} minutes`, `approximately ${up} minutes`], random);
    return rest >= 44
      ? choose([`just under ${up} minutes`, `nearly ${up} minutes`, `almost ${up} minutes`], random)
      : undefined;
  },
  'minutes of length': ({ seconds }, random) => {
    const minutes = Math.round(seconds / 60);
    if (minutes < 2 || Math.abs(seconds - minutes * 60) > 10) return undefined;
    return choose([`${numberWords(minutes)}-minute`, `${minutes}-minute`, `${minutes} minute`], random);
  },
  'length between': ({ seconds }) => {
    const { minutes, rest } = parts(seconds);
    if (minutes < 2 || rest < 5 || rest > 55) return undefined;
    return `between ${numberWords(minutes)} and ${numberWords(minutes + 1)} minutes`;
  },
};

function parts(seconds: number): { readonly minutes: number; readonly rest: number } {
  const whole = Math.round(seconds);
  return { minutes: Math.floor(whole / 60), rest: whole % 60 };
}

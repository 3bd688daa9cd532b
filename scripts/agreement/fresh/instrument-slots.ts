import { choose } from './choose.ts';
import type { Slot } from './slots.ts';

/** What nobody would say is missing, or elsewhere, where the instrument plays. The pieces themselves are for piano. */
const KIN: Readonly<Record<string, RegExp>> = {
  'acoustic guitar': /guitar/,
  violin: /string|violin|fiddle/,
  cello: /string|cello/,
  trumpet: /brass|trumpet|horn/,
  clarinet: /wood|clarinet/,
  flute: /wood|flute/,
  'church organ': /organ/,
};
const ABSENT = [
  'drums',
  'drums',
  'drums',
  'percussion',
  'strings',
  'guitars',
  'brass',
  'synths',
  'bass guitar',
  'woodwinds',
];
const ELSEWHERE = ['guitar', 'violin', 'cello', 'saxophone', 'erhu', 'harp', 'ukulele', 'trumpet', 'marimba'];
const PATCHES: Readonly<Record<string, readonly string[]>> = {
  piano: ['acoustic grand piano', 'grand piano', 'Acoustic Grand Piano', 'concert grand piano'],
  'acoustic guitar': ['nylon-string acoustic guitar', 'steel-string acoustic guitar'],
};

const first: Slot = ({ instruments }) => instruments[0];

export const INSTRUMENT_SLOTS: Readonly<Record<string, Slot>> = {
  instrument: first,
  'an instrument': ({ instruments: [name] }) =>
    name === undefined ? undefined : `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`,
  'instrument capitalised': ({ instruments: [name] }) => name?.replace(/^./, (letter) => letter.toUpperCase()),
  'instrument hashtag': ({ instruments: [name] }) => name?.replaceAll(' ', ''),
  patch: ({ instruments: [name] }, random) =>
    name === undefined ? undefined : choose(PATCHES[name] ?? [name], random),
  absent: ({ instruments, hasDrums }, random) => choose(ABSENT.filter(isStrangeTo(instruments, hasDrums)), random),
  drums: ({ hasDrums }) => (hasDrums ? undefined : 'drum'),
  elsewhere: ({ instruments }, random) => choose(ELSEWHERE.filter(isStrangeTo(instruments, false)), random),
};

function isStrangeTo(instruments: readonly string[], hasDrums: boolean): (other: string) => boolean {
  return (other) =>
    !instruments.some((name) => KIN[name]?.test(other) ?? name === other) && !(hasDrums && /drum|perc/.test(other));
}

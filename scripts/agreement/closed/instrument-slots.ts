import type { KnownPiece } from '../style.ts';
import { statement } from './statement.ts';

/** Who plays, and whether drums do; drums are told by the piece's drums alone, so that statement holds. */
export function instrumentSlots(piece: KnownPiece, one: (words: readonly string[]) => string) {
  const named = piece.instruments.slice(0, 5).map((name) => statement('instrument', one(synonyms[name] ?? [name])));
  const drum = (words: readonly string[]) => statement('instrument', one(words), true);
  const drums = piece.hasDrums ? drum(['drums', 'drums', 'drums', 'drums', 'drum kit', 'drum set']) : undefined;
  const withoutDrums = (words: readonly string[]) => (piece.hasDrums ? undefined : drum(words));
  const [lead, second, third] = named;
  const everyone = drums ? [...named, drums] : named;
  const solo = everyone.length === 1 && lead !== undefined;
  return {
    lead,
    leadtag: tagOf(piece.instruments[0]),
    secondtag: tagOf(piece.instruments[1]),
    second,
    third,
    duo: everyone.length === 2 && second ? `${lead} and ${second}` : undefined,
    together: everyone.length > 1 ? listed(everyone, 'and') : undefined,
    band: listed(named, 'and'),
    everyone: listed(everyone, one(['and', 'and', '&'])),
    commas: everyone.length > 0 ? everyone.join(', ') : undefined,
    hashed: everyone.length > 0 ? everyone.join(one([' + ', '/', '; '])) : undefined,
    quoted: everyone.length > 0 ? everyone.map((name) => `"${name}"`).join(', ') : undefined,
    others: listed(everyone.slice(1), 'and'),
    solo: solo
      ? statement('instrument', `${one(['solo', 'solo', 'unaccompanied'])} ${piece.instruments[0]}`)
      : undefined,
    alone: solo ? lead : undefined,
    drums,
    nodrums: withoutDrums(['no drums', 'no drums', 'no drum kit', 'no drum track']),
    withoutdrums: withoutDrums(['without drums', 'without any drums', 'without a drum kit']),
    drumless: withoutDrums(['drumless', 'drum-free']),
  };
}

function tagOf(name: string | undefined): string | undefined {
  return name === undefined ? undefined : statement('instrument', name.replaceAll(' ', ''));
}

function listed(names: readonly string[], and: string): string | undefined {
  if (names.length < 2) return names[0];
  return `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;
}

const synonyms: Readonly<Record<string, readonly string[]>> = {
  piano: ['piano', 'piano', 'piano', 'grand piano'],
  violin: ['violin', 'violin', 'fiddle'],
  strings: ['strings', 'strings', 'string section', 'string ensemble'],
  'electric bass': ['electric bass', 'bass guitar', 'electric bass guitar'],
  'synth pad': ['synth pad', 'synth pad', 'synthesizer pad'],
  choir: ['choir', 'choir', 'choir voices'],
};

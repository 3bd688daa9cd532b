import type { KnownPiece } from '../style.ts';
import { drumNames, isStruck, namesOf, noDrumPhrases, rareInstruments } from './facts/instrument-names.ts';
import { pick } from './pick.ts';
import type { Segment } from './segment.ts';
import type { Slot } from './slot.ts';

/** Instruments that the caption has not mentioned yet, under names that it has not used. */
export const instrumentSlots: Readonly<Record<string, Slot>> = {
  lead: (piece, random, said) => mention(left(piece, said)[0], random, said),
  'a lead': (piece, random, said) => withArticle(mention(left(piece, said)[0], random, said)),
  /** Where a plural would not fit the verb. */
  'lead one': (piece, random, said) => {
    const words = mention(left(piece, said)[0], random, said);
    return words?.some(({ text }) => text.endsWith('s')) ? undefined : words;
  },
  list: (piece, random, said) => list(left(piece, said), 'and', random, said),
  'list plus': (piece, random, said) => list(left(piece, said), '&', random, said),
  commas: (piece, random, said) => joined(left(piece, said), () => ', ', random, said),
  quoted: (piece, random, said) => {
    const names = joined(left(piece, said), () => '", "', random, said);
    return names && [{ text: '"' }, ...names, { text: '"' }];
  },
  pluses: (piece, random, said) => joined(left(piece, said), () => '+', random, said),
  'lead joined': (piece, random, said) =>
    mention(left(piece, said)[0], random, said)?.map((words) => ({ ...words, text: words.text.replace(/[ -]/g, '') })),
  /** Every instrument, where there are two or more and none is named yet. */
  band: (piece, random, said) =>
    piece.instruments.length > 1 && left(piece, said).length === piece.instruments.length
      ? list(piece.instruments, 'and', random, said)
      : undefined,
  duo: (piece, random, said) =>
    piece.instruments.length === 2 && !piece.hasDrums && left(piece, said).length === 2
      ? list(piece.instruments, 'and', random, said)
      : undefined,
  /** The one instrument of a piece that has no other. */
  solo: (piece, random, said) =>
    piece.instruments.length === 1 && !piece.hasDrums ? mention(left(piece, said)[0], random, said) : undefined,
  'solo one': (piece, random, said) => {
    const words = instrumentSlots.solo?.(piece, random, said);
    return typeof words !== 'string' && words?.some(({ text }) => text.endsWith('s')) ? undefined : words;
  },
  drums: (piece, random) =>
    piece.hasDrums ? drumWords(pick(['drums', 'percussion', 'drum kit'], random) ?? 'drums') : undefined,
  'some drums': (piece, random) => (piece.hasDrums ? drumWords(pick(drumNames, random) ?? 'drums') : undefined),
  'no drums': (piece, random) => withoutDrums(piece, pick(noDrumPhrases, random) ?? 'no drums'),
  'without drums': (piece, random) =>
    withoutDrums(piece, pick(['without drums', 'without percussion', 'without any drums'], random) ?? 'without drums'),
  'nobody drums': (piece, random) =>
    withoutDrums(piece, pick(['Nobody drums', 'No one drums', 'Nobody is on drums'], random) ?? 'Nobody drums'),
  drumless: (piece) => withoutDrums(piece, 'drumless'),
  nodrums: (piece, random) => withoutDrums(piece, pick(['nodrums', 'drumless'], random) ?? 'nodrums'),
  'drums unset': (piece) => withoutDrums(piece, '"drums": false'),
  'drums on': ({ hasDrums }) => (hasDrums ? drumWords('"drums": true') : undefined),
  'perc none': (piece) => withoutDrums(piece, 'perc: none'),
  'Drum-free': (piece, random) => withoutDrums(piece, pick(['drum-free', 'percussion-free'], random) ?? 'drum-free'),
  'no rare': (piece, random) => {
    const rare = pick(rareInstruments, random) ?? 'bagpipes';
    return piece.instruments.some((each) => each.includes(rare))
      ? undefined
      : [{ text: `no ${rare}`, states: 'instrument', holds: true, of: rare }];
  },
};

function left({ instruments }: KnownPiece, said: readonly Segment[]): readonly string[] {
  return instruments.filter((instrument) => !said.some(({ of }) => of === instrument));
}

function mention(
  instrument: string | undefined,
  random: () => number,
  said: readonly Segment[],
): readonly Segment[] | undefined {
  if (instrument === undefined) return undefined;
  const used = said.filter(({ states }) => states === 'instrument').map(({ text }) => text);
  const names = namesOf(instrument);
  const name = random() < 0.5 ? names[0] : pick(names, random);
  if (name === undefined || used.includes(name)) return undefined;
  return [{ text: name, states: 'instrument', of: instrument }];
}

function withArticle(words: readonly Segment[] | undefined): readonly Segment[] | undefined {
  const name = words?.[0]?.text;
  if (words === undefined || name === undefined || /s$/.test(name)) return words;
  return [{ text: /^(?:[aeio]|u(?!k))/i.test(name) ? 'an ' : 'a ' }, ...words];
}

/** At most five: nobody lists a whole orchestra in a sentence. */
function list(instruments: readonly string[], last: string, random: () => number, said: readonly Segment[]) {
  const few = instruments.slice(0, 5);
  return joined(few, (index) => (index === few.length - 1 ? ` ${last} ` : ', '), random, said);
}

function joined(
  instruments: readonly string[],
  joint: (index: number) => string,
  random: () => number,
  said: readonly Segment[],
): readonly Segment[] | undefined {
  if (instruments.length === 0) return undefined;
  const segments: Segment[] = [];
  for (const [index, instrument] of instruments.entries()) {
    const words = mention(instrument, random, [...said, ...segments]);
    if (words === undefined) return undefined;
    segments.push(...(index === 0 ? [] : [{ text: joint(index) }]), ...words);
  }
  return segments;
}

function drumWords(words: string): readonly Segment[] {
  const noun = words.replace(/^a /, '');
  const article = noun === words ? [] : [{ text: 'a ' }];
  return [...article, { text: noun, states: 'instrument', holds: true, of: 'drums' }];
}

function withoutDrums(piece: KnownPiece, words: string): readonly Segment[] | undefined {
  if (piece.hasDrums || piece.instruments.some(isStruck)) return undefined;
  return [{ text: words, states: 'instrument', holds: true, of: 'drums' }];
}

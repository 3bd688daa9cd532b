import type { KnownPiece } from '../style.ts';
import { pick, type Random, type Vocabulary, type Words } from './markup.ts';

const players: Readonly<Record<string, string>> = {
  piano: 'pianist',
  violin: 'violinist',
  flute: 'flautist',
  cello: 'cellist',
  guitar: 'guitarist',
  'acoustic guitar': 'guitarist',
  organ: 'organist',
  clarinet: 'clarinettist',
  trumpet: 'trumpeter',
  harp: 'harpist',
  saxophone: 'saxophonist',
  harpsichord: 'harpsichordist',
  oboe: 'oboist',
  accordion: 'accordionist',
};
const abbreviations: Readonly<Record<string, string>> = {
  piano: 'pno',
  violin: 'vln',
  viola: 'vla',
  cello: 'vc',
  flute: 'fl.',
  clarinet: 'cl.',
  oboe: 'ob.',
  bassoon: 'bn.',
  trumpet: 'tpt',
  trombone: 'tbn',
  guitar: 'gtr',
  'acoustic guitar': 'ac gtr',
  'electric guitar': 'el gtr',
  organ: 'org.',
  harpsichord: 'hpsd',
  saxophone: 'sax',
  'french horn': 'hn',
  strings: 'str.',
  'electric piano': 'e-pno',
  harp: 'hp.',
};
const german: Readonly<Record<string, string>> = {
  piano: 'Klavier',
  violin: 'Violine',
  cello: 'Violoncello',
  flute: 'Flöte',
  guitar: 'Gitarre',
  organ: 'Orgel',
  clarinet: 'Klarinette',
  trumpet: 'Trompete',
  harpsichord: 'Cembalo',
  oboe: 'Oboe',
  viola: 'Viola',
  harp: 'Harfe',
};
const french: Readonly<Record<string, string>> = {
  piano: 'piano',
  violin: 'violon',
  cello: 'violoncelle',
  flute: 'flûte',
  guitar: 'guitare',
  organ: 'orgue',
  clarinet: 'clarinette',
  trumpet: 'trompette',
  harpsichord: 'clavecin',
  oboe: 'hautbois',
  viola: 'alto',
  harp: 'harpe',
};
const pool = [
  'piano',
  'violin',
  'guitar',
  'cello',
  'flute',
  'trumpet',
  'saxophone',
  'harp',
  'organ',
  'accordion',
  'clarinet',
  'banjo',
  'ukulele',
  'trombone',
  'mandolin',
];

/** The instruments but the drums, which are told of apart. */
function played(piece: KnownPiece): readonly string[] {
  return [...new Set(piece.instruments)].filter((name) => name && !/drum|percussion/i.test(name));
}

function beaten(piece: KnownPiece): boolean {
  return piece.hasDrums || piece.instruments.some((name) => /drum|percuss|timpani|cymbal|taiko/i.test(name));
}

function many(name: string): boolean {
  return /[^s]s$/.test(name) && !/contrabass|bass$/.test(name);
}

function joined(names: readonly string[], last: string): string {
  const marked = names.map((name) => `<i:${name}>`);
  const end = marked.pop() ?? '';
  return marked.length > 0 ? `${marked.join(', ')}${last}${end}` : end;
}

function listed(last: string, shown = 4): Words {
  return (piece) => {
    const names = played(piece);
    return names.length > 0 ? joined(names.slice(0, shown), last) : undefined;
  };
}

function several(make: (names: readonly string[]) => string): Words {
  return (piece) => (played(piece).length > 1 ? make(played(piece)) : undefined);
}

function lead(make: (name: string) => string | undefined): Words {
  return (piece) => {
    const [name] = played(piece);
    return name === undefined ? undefined : make(name);
  };
}

function translated(names: Readonly<Record<string, string>>, last: string): Words {
  return (piece) => {
    const found = played(piece)
      .slice(0, 4)
      .map((name) => names[name]);
    const whole = found.filter((name) => name !== undefined);
    return whole.length > 0 && whole.length === found.length ? joined(whole, last) : undefined;
  };
}

function article(name: string): string {
  if (many(name)) return name;
  return `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}`;
}

function alone(make: (name: string) => string): Words {
  return (piece) => {
    const [name] = played(piece);
    return name !== undefined && played(piece).length === 1 && !beaten(piece) ? make(name) : undefined;
  };
}

/** Every instrument, where few enough play to say that nothing else does. */
function all(piece: KnownPiece): string | undefined {
  const names = played(piece);
  return names.length > 1 && names.length < 5 && !beaten(piece) ? joined(names, ' and ') : undefined;
}

function other(piece: KnownPiece, random: Random): string {
  const own = piece.instruments.join(' ');
  return pick(
    random,
    pool.filter((name) => !own.includes(name)),
  );
}

function given(holds: (piece: KnownPiece) => boolean, choices: readonly string[]): Words {
  return (piece, random) => (holds(piece) ? pick(random, choices) : undefined);
}

function undrummed(piece: KnownPiece): boolean {
  return !beaten(piece);
}

function unsung(piece: KnownPiece): boolean {
  return !/vo(ice|cal)|choir|sing|aahs|oohs/i.test(piece.instruments.join(' '));
}

/** How instruments are told. */
export const soundWords: Vocabulary = {
  INSTS: listed(' and '),
  COMMAS: listed(', ', 9),
  PLUSES: (piece) => {
    const names = played(piece);
    return names.length > 0
      ? names
          .slice(0, 3)
          .map((name) => `<i:${name}>`)
          .join(' + ')
      : undefined;
  },
  SEMIS: (piece) => {
    const names = played(piece);
    return names.length > 0 ? names.map((name) => `<i:${name}>`).join('; ') : undefined;
  },
  ABBRS: translated(abbreviations, ', '),
  DEUTSCH: translated(german, ' und '),
  FRANCAIS: translated(french, ' et '),
  lead: lead((name) => name),
  LEAD: lead((name) => `<i:${name}>`),
  CAPLEAD: lead((name) => `<i:${name.charAt(0).toUpperCase()}${name.slice(1)}>`),
  ALEAD: lead((name) => `<i:${article(name)}>`),
  hashlead: lead((name) => name.replaceAll(/[ -]/g, '')),
  s: lead((name) => (many(name) ? '' : 's')),
  es: lead((name) => (many(name) ? '' : 'es')),
  is: lead((name) => (many(name) ? 'are' : 'is')),
  player: lead((name) => players[name]),
  SECOND: several((names) => `<i:${names[1] ?? ''}>`),
  THIRD: (piece) => (played(piece)[2] === undefined ? undefined : `<i:${played(piece)[2] ?? ''}>`),
  REST: several((names) => joined(names.slice(1, 4), ' and ')),
  sec: several((names) => (many(names[1] ?? '') ? '' : 's')),
  alone: alone((name) => name),
  SOLO: alone((name) => `<i:solo ${name}>`),
  ALL: all,
  other,
  NODRUMS: given(undrummed, ['<h:no drums>', '<h:no drums>', '<h:no drums>', '<h:no drums>', '<h:no percussion>']),
  nodrum: given(undrummed, ['no drums', 'no drums', 'no drums', 'no drums or percussion', 'no drums whatsoever']),
  withoutdrums: given(undrummed, ['without drums', 'without any drums', 'without percussion', 'without a drum kit']),
  nothing: given(undrummed, ['']),
  beat: given((piece) => piece.hasDrums, ['']),
  voiceless: given(unsung, ['']),
  drumless: given(undrummed, ['drumless']),
  DRUMS: given((piece) => piece.hasDrums, ['<h:drums>', '<h:drums>', '<h:drums>', '<h:a drum kit>']),
  drums: given((piece) => piece.hasDrums, ['drums']),
  novoice: given(unsung, ['no vocals', 'no vocals', 'no vocals', 'no singing', 'no vocal', 'no voice']),
  NOVOICE: ['<h:{novoice}>'],
  withoutvoice: given(unsung, ['without vocals', 'without singing', 'without a singer']),
};

import type { KnownPiece } from '../style.ts';
import { pick, type Random, type Vocabulary } from './markup.ts';

const letters = 'CDEFGAB';
const steps = [0, 2, 4, 5, 7, 9, 11];
const solfa = ['do', 'ré', 'mi', 'fa', 'sol', 'la', 'si'];
const german = {
  plain: ['C', 'D', 'E', 'F', 'G', 'A', 'H'],
  '#': ['Cis', 'Dis', 'Eis', 'Fis', 'Gis', 'Ais', 'His'],
  b: ['Ces', 'Des', 'Es', 'Fes', 'Ges', 'As', 'B'],
} as const;
const others = [
  'C major',
  'G major',
  'D major',
  'A minor',
  'E minor',
  'B minor',
  'F major',
  'E flat major',
  'C minor',
  'F# minor',
  'D minor',
  'Bb major',
  'G minor',
  'A major',
  'A flat major',
  'F minor',
];

function sign(tonic: string): '#' | 'b' | '' {
  if (/[#♯]/.test(tonic)) return '#';
  return /.[b♭]/.test(tonic) ? 'b' : '';
}

function known(piece: KnownPiece): boolean {
  return /^[A-G][#b♯♭]?$/.test(piece.tonic) && (piece.mode === 'major' || piece.mode === 'minor');
}

function letterOf(piece: KnownPiece): number {
  return letters.indexOf(piece.tonic.charAt(0));
}

function pitch(tonic: string): number {
  const shift = { '#': 1, b: 11, '': 0 }[sign(tonic)];
  return ((steps[letters.indexOf(tonic.charAt(0))] ?? 0) + shift) % 12;
}

function plainTonic(piece: KnownPiece): string {
  return piece.tonic.charAt(0) + sign(piece.tonic);
}

function tonic(piece: KnownPiece, random: Random): string | undefined {
  if (!known(piece)) return undefined;
  const letter = piece.tonic.charAt(0);
  const [word, glyph] = { '#': ['sharp', '♯'], b: ['flat', '♭'], '': ['', ''] }[sign(piece.tonic)];
  const plain = plainTonic(piece);
  if (!word) return letter;
  const hyphened = `${letter}-${word}`;
  return pick(random, [plain, plain, plain, `${letter} ${word}`, hyphened, hyphened, letter + glyph]);
}

function short(piece: KnownPiece, random: Random): string | undefined {
  if (!known(piece)) return undefined;
  const plain = plainTonic(piece);
  const minor = ['m', 'm', 'min', ' min', 'm'];
  const major = ['maj', ' maj', 'maj', ' Maj', 'maj', ' major', 'M'];
  return plain + pick(random, piece.mode === 'minor' ? minor : major);
}

function inGerman(piece: KnownPiece): string | undefined {
  if (!known(piece)) return undefined;
  const name = german[sign(piece.tonic) || 'plain'][letterOf(piece)] ?? '';
  return piece.mode === 'minor' ? `${name.toLowerCase()}-Moll` : `${name}-Dur`;
}

function romance(words: readonly [sharp: string, flat: string, major: string, minor: string], plainRe: boolean) {
  return (piece: KnownPiece): string | undefined => {
    if (!known(piece)) return undefined;
    const name = solfa[letterOf(piece)] ?? '';
    const [sharp, flat, major, minor] = words;
    const middle = { '#': ` ${sharp}`, b: ` ${flat}`, '': '' }[sign(piece.tonic)];
    return `${plainRe ? name.replace('é', 'e') : name}${middle} ${piece.mode === 'minor' ? minor : major}`;
  };
}

function camelot(piece: KnownPiece): string | undefined {
  if (!known(piece)) return undefined;
  const root = (pitch(piece.tonic) + (piece.mode === 'minor' ? 3 : 0)) % 12;
  return `${String(((((root * 7) % 12) + 7) % 12) + 1)}${piece.mode === 'minor' ? 'A' : 'B'}`;
}

function otherKey(piece: KnownPiece, random: Random): string {
  const own = pitch(piece.tonic);
  const far = others.filter((name) => {
    const distance = (pitch(name.replace(/^(.) flat/, '$1b').split(' ')[0] ?? 'C') - own + 12) % 12;
    return distance !== 0 && distance !== 3 && distance !== 9;
  });
  return pick(random, far);
}

/** How keys are named. */
export const keyWords: Vocabulary = {
  tonic,
  plaintonic: (piece) => (known(piece) ? plainTonic(piece) : undefined),
  wordtonic: (piece) => (known(piece) ? plainTonic(piece).replace('#', 'Sharp').replace('b', 'Flat') : undefined),
  mode: (piece) => (known(piece) ? piece.mode : undefined),
  Mode: (piece) => (known(piece) ? piece.mode.replace('m', 'M') : undefined),
  majortonic: (piece, random) => (piece.mode === 'major' ? tonic(piece, random) : undefined),
  key: ['{tonic} {mode}'],
  KEY: ['<k:{tonic} {mode}>'],
  PLAINKEY: ['<k:{plaintonic} {mode}>'],
  CAPKEY: ['<k:{tonic} {Mode}>'],
  short,
  SHORTKEY: ['<k:{short}>'],
  german: inGerman,
  french: romance(['dièse', 'bémol', 'majeur', 'mineur'], false),
  spanish: romance(['sostenido', 'bemol', 'mayor', 'menor'], true),
  italian: romance(['diesis', 'bemolle', 'maggiore', 'minore'], true),
  camelot,
  otherkey: otherKey,
};

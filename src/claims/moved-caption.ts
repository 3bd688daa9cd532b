import { CHORD_ROOTS, keyName } from '../features/pitch-names.ts';
import type { Claim, KeyValue } from './claim.ts';
import { readStatements, type Statements } from './read-claims.ts';

/** How the music that a caption is of is moved. */
export interface Move {
  readonly semitones: number;
  /** Factor of the tempo. */
  readonly tempo: number;
}

const LETTERS: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };
/** What may follow a letter and its sign within a word. */
const SUFFIX = '(?=maj|min|m|dim|aug|sus|add|M|[^\\p{L}]|$)';
/** A letter, and its sign in any of the ways in which people write one. */
const NAME = `(?<letter>[A-Ga-g])(?<sign>[-\\s]?[#♯♭]|b${SUFFIX}|[-\\s]+(?:sharp|flat)(?!\\p{L}))?${SUFFIX}`;
const KEY_NAME = new RegExp(`^${NAME}`, 'u');
const CHORD_NAME = new RegExp(`(?<!\\p{L})(?=[A-G])${NAME}`, 'gu');
const NUMBER = /\d+(?:\.\d+)?/g;

/**
 * A caption with the keys, chords and counts of beats that it states as they are when the music is moved: "C major, 120 BPM" becomes
 * "D major, 126 BPM". `undefined` where its words cannot be changed so: the new caption is read, and must state what the old one does,
 * moved.
 *
 * @param statements - `readStatements(caption)`.
 * @param isOfPiece - whether what is said aside is of the piece, and moves with it; other names of keys and counts of
 * beats always do.
 */
export function movedCaption(
  caption: string,
  statements: Statements,
  isOfPiece: (aside: Claim) => boolean,
  move: Move,
): string | undefined {
  const { claims, asides, names } = statements;
  if (statements.namesOtherPitches && move.semitones % 12 !== 0) return undefined;
  const moving = new Set<Claim>([...claims, ...asides.filter(isOfPiece), ...names]);
  let moved = '';
  let from = 0;
  for (const said of [...moving].sort((a, b) => a.start - b.start)) {
    if (said.start < from) continue;
    const words = caption.slice(said.start, said.end);
    const changed = movedWords(words, said, move);
    const before = moved + caption.slice(from, said.start);
    moved = (changed === words ? before : withArticle(before, changed)) + changed;
    from = said.end;
  }
  moved += caption.slice(from);
  const read = moved === caption ? statements : readStatements(moved);
  const isMovedIn = (old: readonly Claim[], found: readonly Claim[]): boolean =>
    found.length === old.length &&
    old.every((claim, at) => isMoved(claim, found[at], moving.has(claim) ? move : STAYS));
  return read !== undefined && isMovedIn(claims, read.claims) && isMovedIn(asides, read.asides) ? moved : undefined;
}

const STAYS: Move = { semitones: 0, tempo: 1 };

/** "An E minor ballad" becomes "a D minor ballad", "a 78 BPM groove" "an 82 BPM groove". */
function withArticle(before: string, words: string): string {
  const article = /^(?:[AEF]|8|1[18](?!\d\d))/i.test(words) ? 'n' : '';
  return before.replace(/(?<=(?<!\p{L})[Aa])n?(?=\s$)/u, article);
}

function movedWords(words: string, claim: Claim, { semitones, tempo }: Move): string {
  switch (claim.kind) {
    case 'key':
      return claim.tonic === undefined || semitones % 12 === 0
        ? words
        : words.replace(KEY_NAME, (...found) => movedName(found, semitones, (tonic) => tonicName(tonic, claim)));
    case 'chords':
      return claim.root !== 'C' || semitones % 12 === 0
        ? words
        : words.replace(CHORD_NAME, (...found) => movedName(found, semitones, (root) => CHORD_ROOTS[root] ?? 'C'));
    case 'tempo':
      return tempo === 1
        ? words
        : words.replace(NUMBER, (number) => String(Number((Number(number) * tempo).toFixed(decimalsOf(number)))));
    default:
      return words;
  }
}

/** @param found - what `replace` hands over, the groups last. */
function movedName(found: readonly unknown[], semitones: number, nameOf: (pitch: number) => string): string {
  const { letter = 'C', sign = '' } = groupsOf(found.at(-1));
  const shift = /[#♯]|sharp/.test(sign) ? 1 : sign === '' ? 0 : -1;
  const pitch = (LETTERS[letter.toLowerCase()] ?? 0) + shift + semitones;
  const [first = 'C', accidental = ''] = nameOf(((pitch % 12) + 12) % 12);
  return (letter === letter.toLowerCase() ? first.toLowerCase() : first) + signLike(sign, accidental);
}

function groupsOf(groups: unknown): { readonly letter?: string; readonly sign?: string } {
  return typeof groups === 'object' && groups !== null ? groups : {};
}

/** "#" or "b", in the way of another sign: "-sharp" like "-flat". */
function signLike(sign: string, accidental: string): string {
  if (accidental === '') return '';
  if (/sharp|flat/.test(sign)) return sign.replace(/sharp|flat/, accidental === '#' ? 'sharp' : 'flat');
  if (/[♯♭]/.test(sign)) return accidental === '#' ? '♯' : '♭';
  return accidental;
}

/** In the spelling with the fewest signs; modes as their major or minor. */
function tonicName(tonic: number, { mode }: KeyValue): string {
  const isMinor = mode === 'minor' || mode === 'dorian' || mode === 'phrygian' || mode === 'locrian';
  return keyName(tonic, isMinor).split(' ')[0] ?? 'C';
}

function decimalsOf(number: string): number {
  const point = number.indexOf('.');
  return point < 0 ? 0 : number.length - point - 1;
}

/** Whether a claim states what another does, moved. */
function isMoved(claim: Claim, other: Claim | undefined, { semitones, tempo }: Move): boolean {
  if (other === undefined || other.negated !== claim.negated || other.partly !== claim.partly) return false;
  const up = (pitch: number): number => (((pitch + semitones) % 12) + 12) % 12;
  const isNear = (count: number, before: number): boolean => Math.abs(count - before * tempo) <= ROUNDING * before;
  switch (claim.kind) {
    case 'key':
      return (
        other.kind === 'key' &&
        other.mode === claim.mode &&
        other.tonic === (claim.tonic === undefined ? undefined : up(claim.tonic))
      );
    case 'chords': {
      if (other.kind !== 'chords') return false;
      const isNamed = claim.root === 'C';
      const triads = claim.triads.map((triad) => (isNamed ? up(triad) + (triad >= 12 ? 12 : 0) : triad));
      const root = typeof claim.root === 'number' ? up(claim.root) : claim.root;
      return other.root === root && triads.join() === other.triads.join();
    }
    case 'tempo':
      return other.kind === 'tempo' && isNear(other.min, claim.min) && isNear(other.max, claim.max);
    default:
      return other.kind === claim.kind && other.end - other.start === claim.end - claim.start;
  }
}

/** A count of beats is a whole number, and few are below 40. */
const ROUNDING = 0.0126;

import type { Word } from './caption-words.ts';
import type { Claim, ClaimPlace, ClaimValue } from './claim.ts';
import { claimAt } from './claim-at.ts';
import { isSurelyHeard } from './instrument-standing.ts';
import { isMusicLabel } from './label.ts';
import { type Negation, negationOf } from './negation.ts';
import { textAt } from './text-at.ts';
import { WORD_KIND } from './word-kind.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';
import { DENIED, DIRECT, wordsElsewhere } from './words-elsewhere.ts';

const HEDGES = wordSet(`
  around about approximately approx near nearly roughly circa ca ~ ≈ ± mostly mainly largely primarily predominantly almost
  close perhaps possibly likely sounds slightly somewhat generally centered centred hovers hovering maybe seems appears probably
  apparently presumably arguably vaguely loosely quite`);
const PARTLY = wordSet(`
  starts starting start started begins beginning began opens opening ends ending end intro introduction bridge outro coda
  chorus verse middle section sections modulates modulating modulation changing switches switching returning returns briefly then
  later finally before after closes closing concludes alternates alternating interlude occasional occasionally sometimes
  transitions passages passage touches enters enter momentarily ventures detour bars until refrain trio finale episode cadence
  halfway midway elsewhere development reprise recapitulation`);
/** These make a part of what they go to: "moves to G major", but not "moves at a slow tempo". */
const MOVES = wordSet(
  'shifts shift moves moving move changes turns turning drifts drifting slips veers wanders goes fades slides climbs',
);
const TOWARDS = wordSet('to into towards toward from through between back');
/** What is said near these is of a part of the piece, and nothing of the whole. */
const PART_NAMES = wordSet(`
  introduction intro bridge chorus choruses verse verses coda outro interlude passage passages section sections episode cadence finale
  refrain prechorus reprise development recapitulation breakdown ending`);
/** Before or of bars: "a single bar of 9/8". */
const OF_BARS = wordSet('single few opening closing middle bar bars measure measures');
const ORDINALS = wordSet('final last first second third');
const PARTS = wordSet(
  'section sections movement movements part parts half bars measures minute chorus verse theme page third',
);
/** A clause ends here. */
const BREAKS = wordSet('. ; ! ? … : ( ) [ ] but though although yet while whereas however — –');

/** Whether a word can hedge a claim, make it one of a part, or end the clause. */
export function tellsPlace(text: string): boolean {
  const sets = [HEDGES, PARTLY, MOVES, ORDINALS, PART_NAMES, BREAKS, OF_BARS];
  return text === ',' || sets.some((words) => words.has(text));
}

/** How far words before a claim are looked at. */
const REACH = { hedge: 4, part: 6, named: 8 } as const;

type KnownPlace = Pick<Partial<ClaimPlace>, 'negated' | 'hedged'>;

/** The words of a caption on their way to claims. */
export class Reading {
  readonly words: readonly Word[];
  readonly claims: Claim[] = [];
  /** Those of them that are said of the piece itself: "it is in G", "tempo: 90". */
  readonly direct = new Set<Claim>();
  /** What is said and is no claim, as it may not be of the piece. */
  readonly asides: Claim[] = [];
  /** Words that a claim has taken. */
  readonly #taken: Uint8Array;
  /** Bits of `WORD_KIND` of all words. */
  readonly #kinds: number;
  /** Words that do not speak of the piece. */
  #elsewhere: Uint8Array | undefined;

  constructor(words: readonly Word[]) {
    this.words = words;
    let all = 0;
    for (const { kinds } of words) all |= kinds;
    this.#kinds = all;
    this.#taken = new Uint8Array(words.length);
  }

  /** The word at a place in lower case; empty in a title and beyond the caption. */
  at(index: number): string {
    return textAt(this.words, index);
  }

  /** Whether a word is of a kind, one of `WORD_KIND`. */
  is(index: number, kind: number): boolean {
    return index >= 0 && ((this.words[index]?.kinds ?? 0) & kind) !== 0;
  }

  /** Whether any word is of a kind. */
  hasAny(kind: number): boolean {
    return (this.#kinds & kind) !== 0;
  }

  /** The same as it is written. */
  raw(index: number): string {
    const word = index < 0 ? undefined : this.words[index];
    return word === undefined || word.isTitle ? '' : word.raw;
  }

  /** Whether a word does one of some things, bits of `ROLE`. */
  has(index: number, roles: number): boolean {
    return index >= 0 && ((this.words[index]?.roles ?? 0) & roles) !== 0;
  }

  /** Whether something else begins at a word: another sentence or item of a list, or what a mark sets apart. */
  isBreak(index: number): boolean {
    if (index < 1) return true;
    const [before, word] = [this.words[index - 1], this.words[index]];
    if (before === undefined || word === undefined || before.sentence !== word.sentence) return true;
    if (before.isTitle || word.isTitle || this.has(index - 1, ROLE.edge) || this.has(index, ROLE.edge)) return true;
    return isDash(before, word) || isDash(word, this.words[index + 1]) || this.#isFieldName(index);
  }

  /** "inst:pno dur:3m20s": without a space a name belongs to what follows. */
  #isFieldName(index: number): boolean {
    const mark = this.at(index + 1);
    if (mark !== '=' && mark !== ':') return false;
    const isTight = this.touchesNext(index) && this.touchesNext(index + 1);
    return (isTight || isMusicLabel(this.at(index))) && !this.touchesNext(index - 1) && this.is(index, WORD_KIND.latin);
  }

  /** Whether words from `from` to `to` (not included) are all of an item of a list. */
  isItem(from: number, to: number): boolean {
    return (this.isBreak(from) || this.at(from - 1) === ',') && (this.isBreak(to) || this.at(to) === ',');
  }

  isTaken(index: number): boolean {
    return this.#taken[index] === 1;
  }

  /** Whether nothing is between a word and the next. */
  touchesNext(index: number): boolean {
    return this.words[index]?.end === this.words[index + 1]?.start;
  }

  isFirstOfSentence(index: number): boolean {
    return index === 0 || this.words[index - 1]?.sentence !== this.words[index]?.sentence;
  }

  /** Whether a word speaks of something else than the piece. */
  isElsewhere(index: number): boolean {
    // Many captions claim nothing: they are not asked whom they speak of.
    this.#elsewhere ??= wordsElsewhere(this.words);
    return this.#elsewhere[index] === 1;
  }

  /** Whether the name of its item denies a word. */
  #isDenied(index: number): boolean {
    return this.#elsewhere?.[index] === DENIED;
  }

  /** Adds what words `from` to `to` (not included) say: as a claim where they say it of the piece, else as an aside. */
  add(value: ClaimValue, from: number, to: number, known: KnownPlace = {}): void {
    const before = this.claims.length;
    this.#addClaim(value, from, to, known);
    const [start, end] = [this.words[from]?.start, this.words[to - 1]?.end];
    const added = this.claims[before];
    if (added !== undefined && this.#isDirect(from, to)) this.direct.add(added);
    if (added !== undefined || start === undefined || end === undefined) return;
    this.asides.push(claimAt(value, { start, end, negated: false, hedged: false, partly: false }));
  }

  /** Whether words are said of the piece itself, or are an item of their own. */
  #isDirect(from: number, to: number): boolean {
    if (this.#elsewhere?.[from] === DIRECT) return true;
    return this.isItem(from, to);
  }

  #addClaim(value: ClaimValue, from: number, to: number, known: KnownPlace): void {
    const first = this.words[from];
    const last = this.words[to - 1];
    if (first === undefined || last === undefined) return;
    for (let index = from; index < to; index++) {
      this.#taken[index] = 1;
      if (this.isElsewhere(index)) return;
    }
    if (this.#isDenied(from)) {
      if (value.kind !== 'instrument' || known.negated === true) return;
      const place = { start: first.start, end: last.end, negated: true, hedged: false, partly: false };
      this.claims.push(claimAt(value, place));
      return;
    }
    const mayDeny = known.negated === undefined && (this.hasAny(WORD_KIND.denial) || this.at(from - 1) === '-');
    const negation: Negation = mayDeny ? negationOf(this, from, to, value.kind) : 'none';
    if (negation === 'partial') return;
    if (
      value.kind === 'instrument' &&
      negation === 'none' &&
      known.negated === undefined &&
      !isSurelyHeard(this, from, to)
    )
      return;
    if (value.kind !== 'instrument' && value.kind !== 'chords' && this.#isOfNamedPart(from, to)) return;
    const place: ClaimPlace = {
      start: first.start,
      end: last.end,
      negated: known.negated ?? negation === 'full',
      hedged: known.hedged ?? this.#hasBefore(from, HEDGES, REACH.hedge),
      partly: value.kind !== 'duration' && (this.#isPartBefore(from) || this.#isPartAfter(to)),
    };
    this.claims.push(claimAt(value, place));
  }

  /** Whether one of some words stands within reach before a place, in the same clause. */
  #hasBefore(from: number, wanted: ReadonlySet<string>, reach: number): boolean {
    for (let index = from - 1; index >= Math.max(0, from - reach); index--) {
      if (!this.is(index, WORD_KIND.place)) continue;
      const text = this.at(index);
      if (BREAKS.has(text) || (text === ',' && index < from - 1)) return false;
      if (wanted.has(text)) return true;
    }
    return false;
  }

  /** "The introduction opens in G minor", "a bridge in 6/8", "a single bar of 9/8", "in the middle eight". */
  #isOfNamedPart(from: number, to: number): boolean {
    for (let index = from - 1; index >= from - REACH.named && !this.isBreak(index + 1); index--) {
      if (!this.is(index, WORD_KIND.place)) continue;
      const text = this.at(index);
      const next = this.at(index + 1);
      if (text === ',') return false;
      if (PART_NAMES.has(text)) return true;
      if (
        /^(?:first|last|second|third|final|opening|closing|single|few)$/.test(text) &&
        /^(?:bars?|measures?)$/.test(next)
      )
        return true;
      if (
        (text === 'middle' && next === 'eight') ||
        (/^(bars?|measures?)$/.test(text) && next === 'of' && !this.#isEvery(index))
      )
        return true;
    }
    return PART_NAMES.has(this.at(to)) && !this.isBreak(to);
  }

  /** "every four bars of 2/4" are all of them. */
  #isEvery(bars: number): boolean {
    return this.at(bars - 1) === 'every' || this.at(bars - 2) === 'every';
  }

  #isPartBefore(from: number): boolean {
    for (let index = from - 1; index >= Math.max(0, from - REACH.part); index--) {
      if (!this.is(index, WORD_KIND.place)) continue;
      const text = this.at(index);
      if (BREAKS.has(text) || (text === ',' && index < from - 1)) return false;
      if (this.#isPart(index)) return true;
    }
    return false;
  }

  #isPartAfter(to: number): boolean {
    for (let index = to; index < Math.min(this.words.length, to + 4); index++) {
      const text = this.at(index);
      if (BREAKS.has(text) || text === ',' || text === 'and' || text === 'with') return false;
      if (this.#isPart(index)) return true;
    }
    return false;
  }

  #isPart(index: number): boolean {
    const text = this.at(index);
    const next = this.at(index + 1);
    // "from start to finish" is all of it.
    const isFrom = this.at(index - 1) === 'from' || (this.at(index - 1) === 'the' && this.at(index - 2) === 'from');
    if (isFrom && ['start', 'beginning', 'opening'].includes(text)) return false;
    if (ORDINALS.has(text)) return PARTS.has(next) || PARTS.has(this.at(index + 2));
    return PARTLY.has(text) || (MOVES.has(text) && TOWARDS.has(next));
  }
}

/** A hyphen with a space on one of its sides, or one of two. */
function isDash(word: Word, next: Word | undefined): boolean {
  if (word.text !== '-' || next === undefined) return false;
  return word.end < next.start || next.text === '-';
}

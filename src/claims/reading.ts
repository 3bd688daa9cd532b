import type { Word } from './caption-words.ts';
import type { Claim, ClaimPlace, ClaimValue } from './claim.ts';

const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const NEGATIONS = wordSet(
  "no not without lacks lacking minus neither nor never isn't isn’t excluding devoid avoids avoiding",
);
const HEDGES = wordSet(`
  around about approximately approx near nearly roughly circa ca ~ ≈ ± mostly mainly largely primarily predominantly almost
  close perhaps possibly likely sounds slightly somewhat generally centered centred hovers hovering maybe seems appears usually`);
const PARTLY = wordSet(`
  starts starting start started begins beginning began opens opening ends ending end intro introduction bridge outro coda
  chorus verse middle section sections modulates modulating modulation shifts shifting moves moving changes changing
  switches switching turns returning returns briefly then later initially first finally before after closes closing
  concludes drifts drifting alternates alternating interlude occasional occasionally sometimes transitions passages
  passage hints touches enters enter final last second third momentarily ventures detour bars until fades`);
/** What is said of another piece or by way of comparison: "originally for guitar", "reminiscent of a harp". */
const ELSEWHERE = wordSet(`
  originally original reminiscent imitates imitating imitate mimics mimicking like resembling resembles instead inspired
  evoking evokes recalls recalling suggesting transcribed adapted unlike replaces replacing replaced reduction compared expected
  reminds recall echoes echoing teacher where`);
/** A clause ends here. */
const BREAKS = wordSet('. ; ! ? … : ( ) [ ] but though although yet while whereas however — –');

/** How far words before a claim are looked at. */
const REACH = { negation: 4, listedNegation: 8, hedge: 4, part: 6 } as const;

/** The words of a caption on their way to claims. */
export class Reading {
  readonly words: readonly Word[];
  readonly claims: Claim[] = [];
  /** Words that a claim has taken. */
  readonly #taken: Uint8Array;

  constructor(words: readonly Word[]) {
    this.words = words;
    this.#taken = new Uint8Array(words.length);
  }

  /** The word at a place in lower case; empty in a title and beyond the caption. */
  at(index: number): string {
    const word = this.words[index];
    return word === undefined || word.isTitle ? '' : word.text;
  }

  /** The same as it is written. */
  raw(index: number): string {
    const word = this.words[index];
    return word === undefined || word.isTitle ? '' : word.raw;
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

  /** Adds what words `from` to `to` (not included) say. */
  add(value: ClaimValue, from: number, to: number, known: Partial<ClaimPlace> = {}): void {
    const first = this.words[from];
    const last = this.words[to - 1];
    if (first === undefined || last === undefined || this.isElsewhere(from)) return;
    for (let index = from; index < to; index++) this.#taken[index] = 1;
    const place = {
      start: first.start,
      end: last.end,
      negated: this.#isNegated(from, value.kind === 'instrument'),
      hedged: this.#hasBefore(from, HEDGES, REACH.hedge),
      partly: this.#hasBefore(from, PARTLY, REACH.part) || this.#hasAfter(to, PARTLY, 4),
    };
    this.claims.push({ ...place, ...known, ...value });
  }

  /** Whether the words before say that this is not of the piece itself. */
  isElsewhere(from: number): boolean {
    return this.#hasBefore(from, ELSEWHERE, 7) || this.#isOfNamed(from);
  }

  /** "Bach's Prelude in C major", "Barber's Adagio": a work that is another's. */
  #isOfNamed(from: number): boolean {
    for (let index = from - 1; index >= Math.max(0, from - 5); index--) {
      const text = this.raw(index);
      if (
        /^\p{Lu}\p{L}+['’]s$/u.test(text) &&
        !["It's", 'It’s', "Let's", 'Let’s', "Here's", 'Here’s', "There's", 'There’s', "That's", 'That’s'].includes(text)
      )
        return true;
      if (BREAKS.has(this.at(index)) || text === ',') return false;
    }
    return false;
  }

  /** Whether one of some words stands within reach before a place, in the same clause. */
  #hasBefore(from: number, wanted: ReadonlySet<string>, reach: number): boolean {
    for (let index = from - 1; index >= Math.max(0, from - reach); index--) {
      const text = this.at(index);
      if (BREAKS.has(text) || (text === ',' && index < from - 1)) return false;
      if (wanted.has(text)) return true;
    }
    return false;
  }

  #hasAfter(to: number, wanted: ReadonlySet<string>, reach: number): boolean {
    for (let index = to; index < Math.min(this.words.length, to + reach); index++) {
      const text = this.at(index);
      if (BREAKS.has(text) || text === ',' || text === 'and' || text === 'with') return false;
      if (wanted.has(text)) return true;
    }
    return false;
  }

  /**
   * A negation reaches over a comma only in a list that ends in "or" or "nor": "no drums, bass or strings", but not "no drums,
   * soft piano".
   */
  #isNegated(from: number, mayBeListed: boolean): boolean {
    let hasComma = false;
    const reach = mayBeListed ? REACH.listedNegation : REACH.negation;
    for (let index = from - 1; index >= Math.max(0, from - reach); index--) {
      const text = this.at(index);
      if (BREAKS.has(text) || (text === ',' && !mayBeListed)) return false;
      if (text === ',') hasComma = true;
      if (['with', 'featuring', 'just', 'only', 'and'].includes(text)) return false;
      if (NEGATIONS.has(text)) {
        if (text === 'not' && ['only', 'just', 'merely'].includes(this.at(index + 1))) return false;
        return !hasComma || this.#listEndsInOr(from);
      }
    }
    return false;
  }

  #listEndsInOr(from: number): boolean {
    for (let index = from - 2; index < Math.min(this.words.length, from + 6); index++) {
      const text = this.at(index);
      if (text === 'or' || text === 'nor') return true;
      if (index > from && (BREAKS.has(text) || text === 'and' || text === 'with')) return false;
    }
    return false;
  }
}

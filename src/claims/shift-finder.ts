import type { Claim } from './claim.ts';
import { judgeClaim } from './judge-claim.ts';
import type { Verdict } from './judgement.ts';
import { likeliestStates } from './likeliest-states.ts';
import type { Piece } from './piece.ts';
import { saidBy } from './said-by.ts';

/** A pair as the search for shifted rows takes it, in the order of the manifest. */
export interface ShiftRow {
  readonly index: number;
  readonly claims: readonly Claim[];
  readonly piece: Piece;
}

/** Rows whose captions belong to the music of other rows, or to none of those near. */
export interface Shift {
  /** Indexes of the first and the last row. */
  readonly first: number;
  readonly last: number;
  /** The caption of row i fits the music of row i + offset; `null` where captions agree no better than chance. */
  readonly offset: number | null;
  /** How much likelier that is than that the rows are in order: natural logarithm of the ratio. */
  readonly evidence: number;
}

/** Offsets that are looked at, to both sides. */
const MAX_OFFSET = 10;
/** Rows that are held at a time. */
const MAX_EPISODE = 2048;
/** An episode ends after so many rows in which all is well. */
const CALM_ROWS = 40;
/** Points by which a search begins: a row that contradicts counts 1, one that only agrees takes off a half. */
const ALARM = 3;
const STATES = 2 * MAX_OFFSET + 2;
const CHANCE = STATES - 1;
const IN_ORDER = MAX_OFFSET;

/** How claims that belong to the music come out; see scripts/measure-agreement.ts. */
const WHEN_RIGHT: Readonly<Record<Verdict, number>> = { agrees: 0.9, unsure: 0.08, contradicts: 0.02 };
/** Others' music that a claim is held against, to see how often it fits by chance. */
const SAMPLE = 48;
/** Least evidence for a shift, and for rows that fit nothing: a thousand sets in order must not raise one. */
const ENOUGH = { shift: 14, chance: 25 } as const;
const LEAST_ROWS = { shift: 5, chance: 20 } as const;

const VERDICTS: readonly Verdict[] = ['agrees', 'unsure', 'contradicts'];
/** How much likelier each verdict on a claim makes it that the claim is of the music: natural logarithms. */
type Weights = Readonly<Record<Verdict, number>>;

/**
 * Finds shifted rows while pairs pass by. Most rows cost nothing but their own verdicts: only where captions begin to contradict
 * their music are the neighbours looked at, over a stretch of at most `MAX_EPISODE` rows at a time. There the likeliest course of
 * the offset is found by Viterbi's algorithm, in which each claim weighs by how rarely it fits by chance.
 */
export class ShiftFinder {
  readonly #found: Shift[] = [];
  /** The last rows, oldest first. */
  #rows: ShiftRow[] = [];
  readonly #sample: Piece[] = [];
  #seen = 0;
  #random = 0x2545f491;
  #alarm = 0;
  #calm = 0;
  #isAwake = false;

  /** @param contradicts - of the row's own claims; @param agrees - the same. */
  add(row: ShiftRow, { agrees, contradicts }: { readonly agrees: number; readonly contradicts: number }): void {
    this.#take(row.piece);
    this.#rows.push(row);
    if (row.claims.length > 0) {
      this.#alarm = Math.max(0, this.#alarm + (contradicts > 0 ? 1 : agrees > 0 ? -0.5 : 0));
      this.#calm = contradicts > 0 ? 0 : this.#calm + 1;
    }
    if (this.#alarm >= ALARM) this.#isAwake = true;
    if (!this.#isAwake) {
      if (this.#rows.length > CALM_ROWS + 4 * MAX_OFFSET) this.#rows.shift();
      return;
    }
    if ((this.#alarm === 0 && this.#calm >= CALM_ROWS) || this.#rows.length >= MAX_EPISODE) this.#search();
  }

  /** All that were found, in the order of the manifest; to be called once, at the end. */
  end(): readonly Shift[] {
    if (this.#isAwake) this.#search();
    return joined(this.#found);
  }

  /** A uniform sample of the music so far (algorithm R), the same in every run. */
  #take(piece: Piece): void {
    this.#seen++;
    if (this.#sample.length < SAMPLE) {
      this.#sample.push(piece);
      return;
    }
    this.#random ^= this.#random << 13;
    this.#random ^= this.#random >>> 17;
    this.#random ^= this.#random << 5;
    const place = (this.#random >>> 0) % this.#seen;
    if (place < SAMPLE) this.#sample[place] = piece;
  }

  #search(): void {
    const rows = this.#rows;
    const fits = new Map<string, ClaimFit>();
    const scores = rows.map((row, at) => this.#scoresOf(row, rows, at, fits));
    const states = likeliestStates(scores, STATES, IN_ORDER);
    for (let from = 0; from < states.length; ) {
      const state = states[from] ?? IN_ORDER;
      let to = from + 1;
      while (to < states.length && states[to] === state) to++;
      if (state !== IN_ORDER) this.#note(rows, scores, state, from, to);
      from = to;
    }
    this.#isAwake = false;
    [this.#alarm, this.#calm] = [0, 0];
    this.#rows = rows.slice(-2 * MAX_OFFSET);
  }

  #note(rows: readonly ShiftRow[], scores: readonly Float64Array[], state: number, from: number, to: number): void {
    const stretch = scores.slice(from, to);
    const evidence = stretch.reduce((sum, row) => sum + (row[state] ?? 0) - (row[IN_ORDER] ?? 0), 0);
    const kind = state === CHANCE ? 'chance' : 'shift';
    const telling = rows.slice(from, to).filter(({ claims }) => claims.length > 0).length;
    const [first, last] = [rows[from], rows[to - 1]];
    if (first === undefined || last === undefined || evidence < ENOUGH[kind] || telling < LEAST_ROWS[kind]) return;
    const offset = state === CHANCE ? null : state - MAX_OFFSET;
    this.#found.push({ first: first.index, last: last.index, offset, evidence });
  }

  /** How much likelier the claims of a row are of the music at each offset than of any: 0 for `CHANCE`. */
  #scoresOf({ claims }: ShiftRow, rows: readonly ShiftRow[], at: number, fits: Map<string, ClaimFit>): Float64Array {
    const scores = new Float64Array(STATES);
    const first = Math.max(0, MAX_OFFSET - at);
    const end = Math.min(CHANCE, rows.length + MAX_OFFSET - at);
    for (const claim of claims) {
      const key = saidBy(claim);
      const fit = fits.get(key) ?? new ClaimFit(claim, this.#weightsOf(claim), rows);
      fits.set(key, fit);
      for (let state = first; state < end; state++)
        scores[state] = (scores[state] ?? 0) + fit.weightAt(at + state - MAX_OFFSET);
    }
    return scores;
  }

  #weightsOf(claim: Claim): Weights {
    const byChance: Record<Verdict, number> = { agrees: 0.5, unsure: 0.5, contradicts: 0.5 };
    for (const piece of this.#sample) byChance[judgeClaim(claim, piece).verdict]++;
    const total = this.#sample.length + 1.5;
    const weight = (verdict: Verdict): number => Math.log(WHEN_RIGHT[verdict] / (byChance[verdict] / total));
    return { agrees: weight('agrees'), unsure: weight('unsure'), contradicts: weight('contradicts') };
  }
}

/** What captions of an episode say, "in G major", held against each row that it comes near to, once. */
class ClaimFit {
  readonly #claim: Claim;
  /** Of each verdict, in the order of `VERDICTS`. */
  readonly #weights: readonly number[];
  readonly #rows: readonly ShiftRow[];
  /** One more than the place of each row's verdict in `VERDICTS`; 0 where it has not been judged. */
  readonly #verdicts: Uint8Array;

  constructor(claim: Claim, weights: Weights, rows: readonly ShiftRow[]) {
    this.#claim = claim;
    this.#weights = VERDICTS.map((verdict) => weights[verdict]);
    this.#rows = rows;
    this.#verdicts = new Uint8Array(rows.length);
  }

  weightAt(row: number): number {
    const known = this.#verdicts[row] ?? 0;
    return this.#weights[known > 0 ? known - 1 : this.#judge(row)] ?? 0;
  }

  /** The place of a row's verdict in `VERDICTS`; beyond it where there is no row. */
  #judge(row: number): number {
    const piece = this.#rows[row]?.piece;
    if (piece === undefined) return VERDICTS.length;
    const verdict = VERDICTS.indexOf(judgeClaim(this.#claim, piece).verdict);
    this.#verdicts[row] = verdict + 1;
    return verdict;
  }
}

/** Stretches of the same offset that meet, as where an episode was cut, are one. */
function joined(shifts: readonly Shift[]): readonly Shift[] {
  const all: Shift[] = [];
  for (const shift of shifts) {
    const before = all.at(-1);
    if (before !== undefined && before.offset === shift.offset && shift.first <= before.last + 2 * MAX_OFFSET + 1) {
      all[all.length - 1] = {
        ...before,
        last: Math.max(before.last, shift.last),
        evidence: before.evidence + shift.evidence,
      };
    } else all.push(shift);
  }
  return all;
}

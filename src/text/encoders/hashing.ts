import { CodeUnits } from '../code-units.ts';
import { findWords, WordSpans } from '../find-words.ts';
import { HashCounts } from '../hash-counts.ts';
import { HASH_START, hashStep, hashUnits, mixHash } from '../hash-units.ts';
import type { EncodedText, TextEncoder } from '../text-encoder.ts';
import { hashingIdentity } from './hashing-identity.ts';
import { sublinear } from './sublinear.ts';

/** How much one gram counts. There are many more character grams than words; so weighed, both have about the same share. */
const WORD_WEIGHT = 1;
const PAIR_WEIGHT = 0.4;
const CHARACTER_WEIGHT = 0.4;

/** A family of grams each: equal letters in different families are different features. */
const WORD_START = HASH_START;
const PAIR_START = 0x9e3779b9;
const CHARACTER_START = 0x5bd1e995;

const SPACE = 0x20;

/**
 * An encoder that needs no model: signed feature hashing (Weinberger et al. 2009, arXiv:0902.2206) of words, pairs of
 * neighbouring words and character 3-grams. It is lexical, not semantic: captions are close when they share
 * words or parts of words, and "fast" is no closer to "quick" than to "slow".
 *
 * A gram that occurs n times weighs 1 + ln n; the sign and the place of its weight come from its hash; the vector is scaled to
 * length 1. Case is ignored. Every non-empty text has a character gram, for a space is put at both ends; where weights cancel to
 * nothing, the vector is the unit vector that the hash of the whole text names. The empty text has no embedding: `undefined`.
 *
 * Only integer arithmetic and the operations that IEEE 754 fixes (+, *, /, square root) are used, in a fixed order, so
 * that the bytes are equal on every machine. For characters newer than Unicode 15.0 (Node 20) they depend on the runtime.
 */
export function createHashingEncoder({ dimensions }: { readonly dimensions: number }): TextEncoder {
  const hasher = new CaptionHasher(dimensions);
  return {
    name: 'hashing',
    dimensions,
    identity: hashingIdentity({ dimensions }),
    encode: async (texts) =>
      texts.map((text): EncodedText => {
        return { embedding: hasher.embed(text), tokenIds: undefined, truncated: false };
      }),
    close: async () => {},
  };
}

class CaptionHasher {
  private readonly sums: Float64Array;
  private readonly text = new CodeUnits();
  private readonly words = new WordSpans();
  private readonly wordHashes = new HashCounts();
  private readonly pairHashes = new HashCounts();
  private readonly characterHashes = new HashCounts();

  constructor(private readonly dimensions: number) {
    this.sums = new Float64Array(dimensions);
  }

  embed(text: string): Float32Array | undefined {
    if (text === '') return undefined;
    this.text.set(text.toLowerCase());
    this.sums.fill(0);
    findWords(this.text, this.words);
    this.addWordsAndPairs();
    this.addCharacters();
    return this.unitVector();
  }

  private addWordsAndPairs(): void {
    const { words, text, wordHashes, pairHashes } = this;
    wordHashes.begin(words.count);
    pairHashes.begin(words.count);
    let previous = 0;
    for (let word = 0; word < words.count; word++) {
      const hash = mixHash(hashUnits(text.units, words.startOf(word), words.endOf(word), WORD_START));
      wordHashes.add(hash);
      if (word > 0) pairHashes.add(mixHash(hashStep(hashStep(PAIR_START, previous), hash)));
      previous = hash;
    }
    this.addGrams(wordHashes, WORD_WEIGHT);
    this.addGrams(pairHashes, PAIR_WEIGHT);
  }

  /** Every three code units in a row, of the text with a space before and after it. */
  private addCharacters(): void {
    const { characterHashes } = this;
    const { units, length } = this.text;
    characterHashes.begin(length);
    let first = SPACE;
    let second = units[0] ?? 0;
    for (let next = 1; next <= length; next++) {
      const third = next < length ? (units[next] ?? 0) : SPACE;
      characterHashes.add(mixHash(hashStep(hashStep(hashStep(CHARACTER_START, first), second), third)));
      first = second;
      second = third;
    }
    this.addGrams(characterHashes, CHARACTER_WEIGHT);
  }

  /** Adds the weight of each counted gram to the place its upper bits name, with the sign of its lowest bit. */
  private addGrams(grams: HashCounts, weight: number): void {
    const { sums, dimensions } = this;
    const { hashes, counts } = grams;
    for (let gram = 0; gram < grams.size; gram++) {
      const hash = hashes[gram] ?? 0;
      const value = weight * sublinear(counts[gram] ?? 0);
      const place = placeOf(hash, dimensions);
      sums[place] = (sums[place] ?? 0) + ((hash & 1) === 0 ? value : -value);
    }
  }

  private unitVector(): Float32Array {
    const { sums, text, dimensions } = this;
    const vector = new Float32Array(dimensions);
    let squares = 0;
    for (let place = 0; place < dimensions; place++) squares += (sums[place] ?? 0) * (sums[place] ?? 0);
    if (squares === 0) {
      vector[placeOf(mixHash(hashUnits(text.units, 0, text.length, HASH_START)), dimensions)] = 1;
      return vector;
    }
    const scale = 1 / Math.sqrt(squares);
    for (let place = 0; place < dimensions; place++) vector[place] = (sums[place] ?? 0) * scale;
    return vector;
  }
}

/** Spreads 32 bits over [0, dimensions) without a division; exact, for the product has at most 48 bits. */
function placeOf(hash: number, dimensions: number): number {
  return Math.floor(((hash >>> 0) * dimensions) / 2 ** 32);
}

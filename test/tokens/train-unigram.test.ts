import { describe, expect, it } from 'vitest';
import { createUnigram } from '../../src/tokens/trained/unigram.ts';
import { seedPieces } from '../../src/tokens/training/seed-pieces.ts';
import { trainUnigram } from '../../src/tokens/training/train-unigram.ts';
import { seededRandom } from '../seeded-random.ts';

/** Words of a few motifs, between letters at random. */
function wordsOf(seed: number): [string, number][] {
  const random = seededRandom(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const motifs = ['abcd', 'eff', 'gab', 'hhhh'];
  return Array.from({ length: 120 }, (): [string, number] => [
    Array.from({ length: 6 }, () => (random() < 0.7 ? pick(motifs) : pick([...'abcdefgh']))).join(''),
    1 + Math.floor(random() * 3),
  ]);
}

describe('a unigram model', () => {
  it('has every character, the motifs as pieces, and as many pieces as were asked for', () => {
    const words = wordsOf(3);
    const pieces = trainUnigram({ words, alphabet: ['x', 'a'], vocabularySize: 24 });
    const texts = pieces.map(([text]) => text);
    expect(texts).toHaveLength(24);
    expect(texts).toEqual(expect.arrayContaining([...'abcdefghx', 'abcd', 'eff', 'gab', 'hhhh']));
    // The scores are logarithms of probabilities; what never occurred is the least probable.
    expect(pieces.reduce((sum, [, score]) => sum + Math.exp(score), 0)).toBeLessThanOrEqual(1.001);
    expect(texts.at(-1)).toBe('x');
    const model = createUnigram({ pieces, unknownId: undefined });
    const ids: number[] = [];
    model.encode('abcdx', ids);
    expect(ids.map((id) => texts[id])).toEqual(['abcd', 'x']);
  });

  it('is the same for the same words', () => {
    const train = () => trainUnigram({ words: wordsOf(5), alphabet: [], vocabularySize: 30 });
    expect(train()).toEqual(train());
  });

  it('begins with the pieces that are most of the text', () => {
    const [a, b, ...longer] = seedPieces(['abab', 'bab'], 3);
    expect([a?.text, b?.text]).toEqual(['a', 'b']);
    expect(longer).toEqual([
      { text: 'ab', score: 6 },
      { text: 'bab', score: 6 },
      { text: 'ba', score: 4 },
    ]);
  });
});

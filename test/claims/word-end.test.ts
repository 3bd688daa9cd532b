import fc from 'fast-check';
import { expect, it } from 'vitest';
import { captionWords } from '../../src/claims/caption-words.ts';

const WORDS = /[\p{L}]+(?:['’][\p{L}]+)*|\d+(?:[.,]\d+)?|[^\s\p{L}\d]/gu;

/** Signs and letters that the quick way and the expression could tell apart; no full stop, which may be left out, and no quotation. */
const PIECES = [
  'piano',
  'F#',
  'Bb',
  "it's",
  'it’s',
  "'",
  '’',
  'é',
  'Dvořák',
  '钢琴',
  '𝅗𝅥',
  '♩',
  '90',
  '3,5',
  '3.5',
  '7,',
  ',',
  '-',
  '–',
  ' ',
  '\n',
  '\t',
  '\u00a0',
  '\u2028',
  '\u007f',
  '\u001c',
  '_',
  '½',
  '٣',
  'x2',
  '2x',
  '\ud800',
  'a\u0301',
];

it('words of a caption are those of one expression, whatever is in it', () => {
  const captions = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 3 })), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(captions, (pieces) => {
      const caption = pieces.join('').replace(/[.“„«《「『‘"]/g, ',');
      const found = captionWords(caption).map(({ raw, start, end }) => ({ raw, start, end }));
      const expected = [...caption.matchAll(WORDS)].map(({ 0: raw, index }) => ({
        raw,
        start: index,
        end: index + raw.length,
      }));
      expect(found).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEXT_STATISTICS_SCHEMA, textStatistics } from '../../src/text/text-statistics.ts';

describe('textStatistics', () => {
  it('counts an English caption', () => {
    expect(textStatistics("It's a slow waltz. A waltz in 3/4 at 92.5 BPM!")).toEqual({
      characters: 46,
      bytes: 46,
      words: 12,
      sentences: 2,
      distinct_word_ratio: 10 / 12,
      mean_word_length: 33 / 12,
      letter_share: 26 / 46,
      digit_share: 5 / 46,
      punctuation_share: 5 / 46,
      symbol_share: 0,
      dominant_script: 'Latin',
    });
  });

  it.each([
    ['一首C大调的钢琴曲。很慢。', { words: 11, sentences: 2, dominant_script: 'Han' }],
    ['مقطوعة بيانو هادئة. هل تعجبك؟', { words: 5, sentences: 2, dominant_script: 'Arabic' }],
    ['Медленный вальс', { words: 2, sentences: 1, dominant_script: 'Cyrillic' }],
    ['ゆっくりしたピアノ', { words: 7, sentences: 1, dominant_script: 'Hiragana' }],
    ['धीमा राग। शांत', { words: 3, sentences: 2, dominant_script: 'Devanagari' }],
    ['🎹🎹🎹', { characters: 3, bytes: 12, words: 0, sentences: 0, symbol_share: 1, dominant_script: 'None' }],
    ['!!!', { words: 0, sentences: 0, punctuation_share: 1, distinct_word_ratio: 0, mean_word_length: 0 }],
    ['4 4 4', { words: 3, sentences: 1, distinct_word_ratio: 1 / 3, dominant_script: 'None' }],
    ['', { characters: 0, words: 0, letter_share: 0, dominant_script: 'None' }],
  ])('counts %j', (text, expected) => {
    expect(textStatistics(text)).toMatchObject(expected);
  });

  it.each([
    ['Op. 9 in E flat is calm. It ends softly', 2],
    ['Wait... what? "Yes." It goes on', 3],
    ['At 92.5 BPM, e.g. a waltz.', 1],
    ['好!我听到了!', 2],
    ['One. Two. Three', 3],
  ])('finds the sentences of %j', (text, sentences) => {
    expect(textStatistics(text).sentences).toBe(sentences);
  });

  it('agrees with the word boundaries of Unicode on text written with spaces', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
    const texts = [
      "A calm, mid-tempo piece (92.5 BPM, 1,024 notes) that doesn't hurry; it’s in B♭ major — e.g. at bar no. 12.",
      'Un vals lento en sol mayor, con un aire nostálgico. ¡Qué bonito!',
      'Eine ruhige, fließende Melodie über gebrochenen Akkorden; 3/4-Takt.',
      'Спокойная мелодия в размере 6/8, темп 72.',
      'لحن هادئ للبيانو في مقام الحجاز، بسرعة 72 نبضة.',
      '느린 왈츠, 피아노 독주.',
    ];
    for (const text of texts) {
      const expected = [...segmenter.segment(text)].filter((segment) => segment.isWordLike).length;
      expect([text, textStatistics(text).words]).toEqual([text, expected]);
    }
  });

  it('takes hostile text in linear time', () => {
    const started = performance.now();
    for (const text of [
      `a${'.'.repeat(65_536)}x`,
      `a${'.,'.repeat(32_768)}x`,
      'a. 1 '.repeat(13_000),
      'a'.repeat(1_000_000),
    ]) {
      textStatistics(text);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('has the columns of its schema, finite and within their ranges', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const statistics = textStatistics(text);
        expect(Object.keys(statistics)).toEqual(Object.keys(TEXT_STATISTICS_SCHEMA));
        expect(statistics.characters).toBe([...text].length);
        expect(statistics.words).toBeLessThanOrEqual(statistics.characters);
        expect(statistics.sentences).toBeLessThanOrEqual(statistics.words);
        expect(statistics.mean_word_length * statistics.words).toBeLessThanOrEqual(statistics.characters + 1e-6);
        const shares = [
          statistics.letter_share,
          statistics.digit_share,
          statistics.punctuation_share,
          statistics.symbol_share,
        ];
        for (const share of [...shares, statistics.distinct_word_ratio]) expect(share >= 0 && share <= 1).toBe(true);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
        expect(textStatistics(text)).toEqual(statistics);
      }),
      { numRuns: 500 },
    );
  });
});

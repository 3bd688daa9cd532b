import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHashingEncoder } from '../../../src/text/encoders/hashing.ts';

const encoder = createHashingEncoder({ dimensions: 384 });

async function vectors(texts: readonly string[]): Promise<Float32Array[]> {
  return (await encoder.encode(texts)).map(({ embedding }) => {
    if (embedding === undefined) throw new Error('no embedding');
    return embedding;
  });
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);
}

async function similarity(a: string, b: string): Promise<number> {
  const [first, second] = await vectors([a, b]);
  return first && second ? dot(first, second) : Number.NaN;
}

describe('the hashing encoder', () => {
  it('makes one vector of the asked length for each text, and nothing else', async () => {
    const encoded = await createHashingEncoder({ dimensions: 17 }).encode(['a waltz', '钢琴']);
    expect(encoded.map(({ embedding }) => embedding?.length)).toEqual([17, 17]);
    expect(encoded.map(({ tokenIds, truncated }) => [tokenIds, truncated])).toEqual([
      [undefined, false],
      [undefined, false],
    ]);
  });

  it('makes the same bytes on every machine', async () => {
    const texts = [
      'A slow waltz in G major.',
      '一首舒缓的钢琴曲',
      'مقطوعة بيانو هادئة',
      'na na na na na na na na',
      '🎹🎻 ok',
    ];
    const hash = createHash('sha256');
    for (const vector of await vectors(texts)) {
      hash.update(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
    }
    expect(hash.digest('hex')).toBe('a69ab50dde7faf951893ab5eaa8f30e2644ac639affe032f959b9616016b307a');
  });

  it.each([
    ['a single letter', 'a'],
    ['punctuation', '!!!'],
    ['a space', ' '],
    ['Chinese', '一首舒缓的钢琴曲，C大调。'],
    ['Arabic', 'مقطوعة بيانو هادئة'],
    ['emoji', '🎹🎻'],
    ['a lone surrogate', '\ud83c'],
    ['1 MB of one character', 'a'.repeat(1_000_000)],
    ['1 MB of one surrogate pair', '🎹'.repeat(500_000)],
  ])('gives %s a vector of length 1', async (_, text) => {
    const [vector] = await vectors([text]);
    expect(vector && Math.sqrt(dot(vector, vector))).toBeCloseTo(1, 5);
  });

  it('gives the empty text no vector rather than a zero vector', async () => {
    expect(await encoder.encode([''])).toEqual([{ embedding: undefined, tokenIds: undefined, truncated: false }]);
  });

  it('gives a vector of length 1 even where all weights cancel', async () => {
    const tiny = createHashingEncoder({ dimensions: 1 });
    const texts = Array.from({ length: 20_000 }, (_, number) => number.toString(36));
    for (const { embedding } of await tiny.encode(texts)) expect(Math.abs(embedding?.[0] ?? 0)).toBe(1);
  });

  it('gives equal texts equal vectors, whatever their company', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 })),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        async (company, text) => {
          const [alone] = await vectors([text]);
          const among = await vectors([...company, text, ...company]);
          const fresh = await createHashingEncoder({ dimensions: 384 }).encode([text]);
          expect(among[company.length]).toEqual(alone);
          expect(fresh[0]?.embedding).toEqual(alone);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('ignores case', async () => {
    expect(await similarity('SLOW Waltz', 'slow waltz')).toBeCloseTo(1, 6);
  });

  it.each([
    ['A slow waltz in G major for piano', 'A slow piano waltz in G', 'Driving techno with a pounding kick drum'],
    ['melancholic violin melody', 'a melancholy melody of violins', 'bright brass fanfare'],
    ['一首舒缓的钢琴曲', '舒缓的钢琴独奏', '激烈的摇滚鼓点'],
    ['مقطوعة بيانو هادئة', 'بيانو هادئ', 'إيقاع طبول سريع'],
  ])('puts %j closer to %j than to %j', async (text, similar, unrelated) => {
    expect(await similarity(text, similar)).toBeGreaterThan((await similarity(text, unrelated)) + 0.2);
  });

  it('weighs a repeated word less than different words', async () => {
    const repeated = `waltz ${'piano '.repeat(50)}`;
    expect(await similarity(repeated, 'waltz')).toBeGreaterThan(0.1);
  });

  it('keeps unrelated captions nearly orthogonal', async () => {
    const embedded = await vectors(
      Array.from({ length: 100 }, (_, at) =>
        createHash('sha256')
          .update(`${at}`)
          .digest('hex')
          .replace(/(.{6})/g, '$1 '),
      ),
    );
    const products = embedded.flatMap((a, at) => embedded.slice(at + 1).map((b) => dot(a, b)));
    const mean = products.reduce((sum, product) => sum + product, 0) / products.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.max(...products)).toBeLessThan(0.35);
  });
});

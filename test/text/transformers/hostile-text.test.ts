import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TINY } from '../../../scripts/test-models/write-test-model.ts';
import { embeddingsOf, openTinyEncoder, writeTinyModel } from './tiny-model.ts';

const { positions } = TINY.shape;
const [UNK, CLS, SEP] = [100, 101, 102];

describe('a text that is', () => {
  it("longer than the model's limit is cut before its closing token, and flagged", async () => {
    const encoder = await openTinyEncoder();
    const fits = 'jazz '.repeat(positions - 2);
    const [exact, longer] = await encoder.encode([fits, `${fits} waltz`]);
    expect(exact).toMatchObject({ truncated: false });
    expect(longer).toMatchObject({ truncated: true });
    expect(longer?.tokenIds).toEqual(exact?.tokenIds);
    expect(longer?.tokenIds).toHaveLength(positions);
    expect(longer?.tokenIds?.at(-1)).toBe(SEP);
  });

  it('Greek in capitals has the tokens of the reference, whose Σ is σ at the end of a word too', async () => {
    const { directory } = writeTinyModel();
    const file = join(directory, 'tokenizer.json');
    const pieces = ['σ', '##α', '##σ', '##ς'];
    let content = readFileSync(file, 'utf8');
    const tokenizer = JSON.parse(content);
    const names = Object.keys(tokenizer.model.vocab).slice(-pieces.length);
    for (const [at, name] of names.entries())
      content = content.replace(JSON.stringify(name), JSON.stringify(pieces[at]));
    writeFileSync(file, content);
    const [first, second, third] = names.map((name) => tokenizer.model.vocab[name]);
    const [encoded] = await (await openTinyEncoder({ directory })).encode(['ΣΑΣ']);
    expect(encoded?.tokenIds).toEqual(Int32Array.of(CLS, first, second, third, SEP));
  });

  it.each([
    ['ideographs beyond the first 65,536 characters, each a word', '𠀀𠀁', 2],
    ['a mark that takes a letter with it', 'ja\u{1e944}zz', 1],
    ['punctuation newer than the tables of the models', 'jazz\u2e5djazz', 1],
  ])('%s has the tokens of the reference', async (_, text, words) => {
    const [encoded] = await (await openTinyEncoder()).encode([text]);
    expect(encoded?.tokenIds).toEqual(Int32Array.from([CLS, ...Array(words).fill(UNK), SEP]));
  });

  it('in spaces that Python strips has the tokens of what is between them', async () => {
    const encoder = await openTinyEncoder();
    expect(await embeddingsOf(encoder, ['\u001c\u0085 jazz\u3000\n'])).toEqual(await embeddingsOf(encoder, ['jazz']));
  });

  it('empty has the vector of its special tokens', async () => {
    const [encoded] = await (await openTinyEncoder()).encode(['']);
    expect(encoded?.tokenIds).toEqual(Int32Array.of(CLS, SEP));
    expect(Math.hypot(...(encoded?.embedding ?? []))).toBeCloseTo(1, 6);
  });

  it.each([
    ['Chinese', '钢琴音乐的一首歌，缓慢而忧伤。'],
    ['Arabic', 'موسيقى بيانو هادئة في الليل'],
    ['emoji', '🎹🎶 happy 👩‍👩‍👧‍👦 🇧🇷'],
    ['a lone high surrogate', 'piano \ud83c waltz'],
    ['a lone low surrogate', '\udfb9'],
    ['control characters', 'a\u0000b\u001b[31m\u202e'],
    ['a special token', '[SEP] [PAD] [CLS] [MASK]'],
  ])('%s has a finite vector, the same in any company', async (_, text) => {
    const encoder = await openTinyEncoder();
    const [alone = []] = await embeddingsOf(encoder, [text]);
    const [, among] = await embeddingsOf(encoder, ['a slow waltz for piano and strings in a minor key', text]);
    expect(alone).toHaveLength(TINY.shape.hiddenSize);
    expect(alone.every(Number.isFinite)).toBe(true);
    expect(among).toEqual(alone);
  });

  it.each([
    ['a', false],
    ['中', true],
  ])('1 MB of "%s" is embedded', async (character, truncated) => {
    const encoder = await openTinyEncoder();
    const text = character.repeat(2 ** 20 / Buffer.byteLength(character));
    expect(await encoder.encode([text])).toMatchObject([{ truncated }]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import type { Score } from '../../src/midi/score.ts';
import { createTokenizer, type Tokenizer } from '../../src/tokens/create-tokenizer.ts';
import { defaultOptions } from '../../src/tokens/default-options.ts';
import { limitSequences } from '../../src/tokens/limit-sequences.ts';
import { noteCounter } from '../../src/tokens/note-counter.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import { settleConfig } from '../../src/tokens/settle-config.ts';
import type { TokenizerConfig } from '../../src/tokens/tokenizer-config.ts';
import { WORD_START } from '../../src/tokens/trained/read-subword-model.ts';
import { buildScore, type NoteRow } from '../features/build-score.ts';
import { characterOf, type ModelName, referenceIds, trainedFile, trainModel } from './train-model.ts';

const folder = fileURLToPath(new URL('../../data/midi/', import.meta.url));
const scores: readonly Score[] = readdirSync(folder)
  .flatMap((name) => {
    const outcome = decodeMidi(new Uint8Array(readFileSync(`${folder}${name}`)));
    return outcome.ok ? [outcome.score] : [];
  })
  .slice(0, 10);

type Split = TokenizerConfig['encode_ids_split'];

function withSplit(config: TokenizerConfig, split: Split): TokenizerConfig {
  return settleConfig({ ...config, encode_ids_split: split });
}

function charactersOf(ids: Iterable<number>): string {
  return Array.from(ids, characterOf).join('');
}

/** A tokenizer with a model over the whole base vocabulary that joins nothing, so that its tokens show the words. */
function wordsShown(config: TokenizerConfig, version: string = config.miditok): Tokenizer {
  const size = createTokenizer(config).vocabulary.columns[0]?.tokens.length ?? 0;
  const characters = [...Array.from({ length: size }, (_, id) => characterOf(id)), WORD_START];
  const model = JSON.stringify({
    pre_tokenizer: { type: 'Metaspace', replacement: WORD_START, prepend_scheme: 'always' },
    model: { type: 'BPE', vocab: Object.fromEntries(characters.map((character, id) => [character, id])), merges: [] },
  });
  const file = trainedFile(config, model).replace(/("miditok_version": ")[^"]*/, `$1${version}`);
  return createTokenizer(parseTokenizerConfig(file));
}

/** The types of the tokens of each word of one stream. */
function wordsOf(tokenizer: Tokenizer, score: Score, stream = 0): string[] {
  const ids = tokenizer.encode(score).streams[stream] ?? new Uint16Array(0);
  const names = Array.from(ids, (id) => tokenizer.vocabulary.columns[0]?.tokens[id]?.split('_')[0] ?? '');
  return names
    .join(' ')
    .split(WORD_START)
    .slice(1)
    .map((word) => word.trim());
}

const NOTE = 'Pitch Velocity Duration';
const OLD_OPTIONS = defaultOptions('3.0.6');
const REMI = settleConfig({ ...OLD_OPTIONS, tokenization: 'REMI' });
const TSD = settleConfig({ ...OLD_OPTIONS, tokenization: 'TSD' });

describe('the words of a stream', () => {
  const notes: NoteRow[] = [
    [0, 240, 60],
    [1680, 240, 62],
    [1920, 240, 64],
    [2880, 240, 65],
  ];

  it('are the bars of REMI', () => {
    expect(wordsOf(wordsShown(withSplit(REMI, 'bar')), buildScore({ tracks: [{ notes }] }))).toEqual([
      `Bar Position ${NOTE} Position ${NOTE}`,
      `Bar Position ${NOTE} Position ${NOTE}`,
    ]);
  });

  it('are its beats, those without tokens left out', () => {
    expect(wordsOf(wordsShown(withSplit(REMI, 'beat')), buildScore({ tracks: [{ notes }] }))).toEqual([
      `Bar Position ${NOTE}`,
      `Position ${NOTE}`,
      `Bar Position ${NOTE}`,
      `Position ${NOTE}`,
    ]);
  });

  it('follow the meter', () => {
    const config = settleConfig({ ...OLD_OPTIONS, tokenization: 'REMI', use_time_signatures: true });
    const meters = [
      [0, 3, 4],
      [1440, 2, 4],
    ] as const;
    expect(wordsOf(wordsShown(withSplit(config, 'bar')), buildScore({ tracks: [{ notes }], meters }))).toEqual([
      `Bar TimeSig Position ${NOTE}`,
      `Bar TimeSig Position ${NOTE} Position ${NOTE}`,
      `Bar TimeSig Position ${NOTE}`,
    ]);
  });

  it.each([
    ['3.1.0', 3],
    ['3.0.6.post1', 2],
  ])('begin where the last thing begins, but not in MidiTok before 3.1: %s', (version, count) => {
    const last: NoteRow[] = [...notes, [3840, 240, 67]];
    const score = buildScore({ tracks: [{ notes: last }] });
    const bars = wordsOf(wordsShown(withSplit(REMI, 'bar'), version), score);
    expect(bars).toHaveLength(count);
    expect(bars.at(-1)).toMatch(count === 3 ? /^Bar Position Pitch Velocity Duration$/ : /Bar.*Bar/);
  });

  it('end in TSD before what begins in the next bar: the shift that leads there is in the bar where it begins', () => {
    expect(wordsOf(wordsShown(withSplit(TSD, 'bar')), buildScore({ tracks: [{ notes }] }))).toEqual([
      `${NOTE} TimeShift ${NOTE} TimeShift`,
      `${NOTE} TimeShift ${NOTE}`,
    ]);
  });

  it.each([
    ['REMI', REMI, `Bar Position ${NOTE}`],
    ['TSD', TSD, `${NOTE} TimeShift`],
    ['MIDILike', settleConfig({ ...OLD_OPTIONS, tokenization: 'MIDILike' }), undefined],
    ['Structured', settleConfig({ ...OLD_OPTIONS, tokenization: 'Structured' }), `TimeShift ${NOTE}`],
  ] as const)('are the same in every stream of %s, whatever the stream before was', (_, config, first) => {
    const bars: NoteRow[] = [0, 1920, 3840, 5760, 7200].map((tick) => [tick, 240, 60]);
    const score = buildScore({ tracks: [{ notes: bars }, { notes: bars, program: 1 }] });
    const tokenizer = wordsShown(withSplit(config, 'bar'));
    expect(wordsOf(tokenizer, score, 1)).toEqual(wordsOf(tokenizer, score, 0));
    expect(wordsOf(tokenizer, score, 1)).toHaveLength(4);
    if (first !== undefined) expect(wordsOf(tokenizer, score, 1)[0]).toBe(first);
  });

  it('are not mixed up by a score that needs too many tokens', () => {
    const tokenizer = wordsShown(withSplit(REMI, 'bar'));
    const score = buildScore({ tracks: [{ notes }] });
    const before = wordsOf(tokenizer, score);
    const far: NoteRow[] = [[1920 * 90_000, 240, 60]];
    const huge = buildScore({
      tracks: Array.from({ length: 400 }, (_, program) => ({ notes: far, program: program % 128 })),
    });
    expect(() => tokenizer.encode(huge)).toThrow(expect.objectContaining({ code: 'too_many_tokens' }));
    expect(wordsOf(tokenizer, score)).toEqual(before);
  });

  it('count the last pitch bend where it is said, on the grid', () => {
    const config = settleConfig({
      ...OLD_OPTIONS,
      tokenization: 'REMI',
      use_time_signatures: true,
      use_pitch_bends: true,
    });
    const score = buildScore({
      tracks: [
        {
          notes: [
            [0, 240, 60],
            [1500, 240, 62],
            [3000, 240, 64],
          ],
        },
      ],
      meters: [
        [0, 4, 4],
        [1920, 6, 8],
      ],
    });
    const bends = { tick: Float64Array.of(3390), value: Int16Array.of(2000) };
    const [track] = score.tracks;
    const bent = track === undefined ? score : { ...score, tracks: [{ ...track, pitchBends: bends }] };
    expect(wordsOf(wordsShown(withSplit(config, 'bar')), bent)).toHaveLength(2);
  });

  it('are one where nothing splits it', () => {
    const tokenizer = wordsShown(withSplit(REMI, 'no'));
    expect(wordsOf(tokenizer, buildScore({ tracks: [{ notes }] }))).toHaveLength(1);
  });
});

const REMI_WITH_RESTS = settleConfig({ ...OLD_OPTIONS, tokenization: 'REMI', use_rests: true });

describe.each<readonly [string, ModelName, Split, TokenizerConfig]>([
  ['REMI', 'BPE', 'bar', presetConfig('remi')],
  ['REMI', 'BPE', 'no', presetConfig('remi')],
  ['REMI', 'Unigram', 'bar', presetConfig('remi')],
  ['REMI', 'WordPiece', 'beat', presetConfig('remi')],
  ['REMI of several streams', 'BPE', 'beat', REMI],
  ['REMI with rests', 'BPE', 'bar', REMI_WITH_RESTS],
  ['TSD', 'BPE', 'beat', presetConfig('tsd')],
  ['TSD', 'WordPiece', 'bar', presetConfig('tsd')],
  ['MIDI-Like', 'Unigram', 'beat', presetConfig('midilike')],
  ['MIDI-Like', 'BPE', 'bar', presetConfig('midilike')],
  ['Structured', 'BPE', 'bar', presetConfig('structured')],
])('%s with %s over words by %s', (_, model, split, config) => {
  const split_ = withSplit(config, split);
  const base = createTokenizer(split_);
  const shown = wordsShown(split_);
  const streams = scores.flatMap((score) => shown.encode(score).streams);
  const size = base.vocabulary.columns[0]?.tokens.length ?? 0;
  const words = streams.map((ids) =>
    Array.from(ids, (id) => (id === size ? WORD_START : characterOf(id)))
      .join('')
      .split(WORD_START)
      .slice(1),
  );
  const text = trainModel(model, words.flat(), split !== 'no');
  const file = trainedFile(split_, text);
  const tokenizer = createTokenizer(parseTokenizerConfig(file));

  it('gives the ids of the tokenizers library', async () => {
    const encoded = scores.flatMap((score) => tokenizer.encode(score).streams);
    const reference = await Promise.all(words.map((list) => referenceIds(text, list)));
    expect(encoded.map((ids) => [...ids])).toEqual(reference);
  });

  it('shortens the streams and loses nothing', () => {
    let before = 0;
    let after = 0;
    for (const score of scores) {
      const ids = tokenizer.encode(score);
      const plain = base.encode(score);
      expect(tokenizer.decode(ids)).toEqual(base.decode(plain));
      before += plain.streams.reduce((sum, stream) => sum + stream.length, 0);
      after += ids.streams.reduce((sum, stream) => sum + stream.length, 0);
      expect(noteCounter(tokenizer.vocabulary).hasNotes(ids)).toBe(noteCounter(base.vocabulary).hasNotes(plain));
    }
    expect(after).toBeLessThan(before / 2);
  });

  it('is read back from its own tokenizer.json', () => {
    const again = parseTokenizerConfig(tokenizer.toJson());
    expect(again).toEqual(tokenizer.config);
    expect(JSON.parse(tokenizer.toJson())).toMatchObject({ _model: text });
    // As Python writes it, and reads it where the locale knows no UTF-8.
    expect(tokenizer.toJson()).toMatch(/^[\n\x20-\x7f]*$/);
  });
});

describe('a trained tokenizer', () => {
  const corpus = scores.flatMap((score) =>
    createTokenizer(REMI)
      .encode(score)
      .streams.map((ids) => charactersOf(ids)),
  );
  const text = trainModel('BPE', corpus, true);
  const file = trainedFile(REMI, text);
  const tokenizer = createTokenizer(parseTokenizerConfig(file));

  it('names its tokens by the base tokens in them, each by one name', () => {
    const [column] = tokenizer.vocabulary.columns;
    expect(new Set(column?.tokens).size).toBe(column?.tokens.length);
    expect(column?.tokens).toContain('Bar_None');
    expect(column?.tokens.some((name) => /^\u2581?Bar_None\+Position_\d+/.test(name))).toBe(true);
  });

  it('is split into windows where bars begin', () => {
    const [score] = scores;
    if (score === undefined) throw new Error('no score');
    const encoded = tokenizer.encode(score);
    const { sequences } = limitSequences(encoded, tokenizer, { maxLength: 16, policy: 'split', countNotes: () => 0 });
    expect(sequences.layout).toBe('windows');
    expect(sequences.streams.flatMap((ids) => [...ids])).toEqual(encoded.streams.flatMap((ids) => [...ids]));
    const names = tokenizer.vocabulary.columns[0]?.tokens ?? [];
    const atBars = sequences.streams.filter((ids) => /^\u2581?Bar_/.test(names[ids[0] ?? 0] ?? ''));
    expect(atBars.length).toBeGreaterThan(sequences.streams.length / 2);
  });

  it('of Unigram has special tokens of its own after all others, which change no id', () => {
    const json = JSON.parse(file) as {
      config: { special_tokens: string[] };
      _vocab_base: Record<string, number>;
      _vocab_base_byte_to_token: Record<string, string>;
    };
    json._vocab_base['PAD_None-unigram'] = Object.keys(json._vocab_base).length;
    json._vocab_base_byte_to_token['!!!'] = 'PAD_None-unigram';
    json.config.special_tokens.push('PAD_None-unigram');
    const special = createTokenizer(parseTokenizerConfig(JSON.stringify(json)));
    for (const score of scores) expect(special.encode(score)).toEqual(tokenizer.encode(score));
    expect(JSON.parse(special.toJson())).toMatchObject({ config: { special_tokens: json.config.special_tokens } });
  });

  it.each([
    ['another vocabulary', file.replace('"num_velocities": 32', '"num_velocities": 20')],
    ['compound tokens', trainedFile(presetConfig('octuple'), text)],
  ])('of %s is refused', (_, other) => {
    expect(() => parseTokenizerConfig(other)).toThrow(expect.objectContaining({ code: 'tokenizer_model_unsupported' }));
  });
});

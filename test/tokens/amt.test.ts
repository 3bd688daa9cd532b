import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { encodeMidi } from '../../src/midi/encode-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import { DEFAULT_CHOICES } from '../../src/midi/reading-choices.ts';
import type { Score } from '../../src/midi/score.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import type { TokenIds } from '../../src/tokens/token-sequences.ts';
import { SequencePacker } from '../../src/tokens/tokenizations/amt/sequence-packer.ts';
import { goldenDirectory, readMidi, skipReason } from '../midi/shared-data.ts';
import { randomScore } from './random-score.ts';

const arrival = createTokenizer(presetConfig('amt'));
const interarrival = createTokenizer(presetConfig('amt-interarrival'));
const KINDS = [
  ['arrival', 'events', arrival],
  ['interarrival', 'interarrival', interarrival],
] as const;

/** One gap of 77 hours is within anticipation's limits and beyond ours. */
const LIMITS = { ...DEFAULT_LIMITS, durationSeconds: 1e9, bars: 1e9 };
const CHOICES = { ...DEFAULT_CHOICES, messages: true };

function readScore(path: string): Score | undefined {
  const decoded = decodeMidi(readMidi(path), LIMITS, undefined, CHOICES);
  return decoded.ok ? decoded.score : undefined;
}

function idsOf(tokenizer: typeof arrival, score: Score): TokenIds {
  const [ids = new Uint16Array(0)] = tokenizer.encode(score).streams;
  return ids;
}

const hashOf = (ids: TokenIds): string =>
  createHash('sha256')
    .update(JSON.stringify([...ids]))
    .digest('hex');
const goldenText = (name: string): string => gunzipSync(readFileSync(join(goldenDirectory, name))).toString();

describe.skipIf(skipReason !== undefined)('the ids of AMT', () => {
  it('are those that anticipation gives every file that it and we read alike', () => {
    const lines = goldenText('amt.jsonl.gz').trimEnd().split('\n');
    const others: string[] = [];
    const reasons: string[] = [];
    let equal = 0;
    for (const golden of lines.map((line) => JSON.parse(line))) {
      if (golden.error !== undefined) continue;
      const score = readScore(golden.path);
      for (const [, name, tokenizer] of score === undefined ? [] : KINDS) {
        const ids = idsOf(tokenizer, score as Score);
        if (ids.length === golden[name].n && hashOf(ids) === golden[name].ids_sha256) equal++;
        else others.push(`${golden.path}: ${Object.keys((score as Score).repairs)}`);
        const packed = new SequencePacker(name === 'events').add(ids);
        const status = typeof packed === 'string' ? { short: 1, long: 2, instruments: 3 }[packed] : 0;
        if (status !== golden.status) reasons.push(`${golden.path}, ${name}: ${status} in place of ${golden.status}`);
      }
    }
    expect(equal).toBeGreaterThan(700);
    // Why anticipation leaves a piece out; what steps between events come to is rounded many times.
    expect(reasons).toEqual(['midi/synthetic/rand_110.mid, interarrival: 1 in place of 0']);
    // Every other one has a repair that says how it is read.
    expect([...new Set(others)]).toEqual([
      'midi/synthetic/events_after_eot.mid: bytes_after_end_of_track',
      'midi/synthetic/ntrks_less.mid: extra_tracks',
    ]);
  });

  it.each(KINDS)('are cut into the lines of %s that anticipation trains on', (kind, _, tokenizer) => {
    const { files } = JSON.parse(readFileSync(join(goldenDirectory, 'amt_packed.files.json'), 'utf8'));
    const packer = new SequencePacker(kind === 'arrival');
    const lines = files.flatMap((path: string) => {
      const packed = packer.add(idsOf(tokenizer, readScore(path) as Score));
      if (typeof packed === 'string') throw new Error(`${path} is left out: ${packed}`);
      return packed.lines.map((line) => line.join(' '));
    });
    expect(lines).toEqual(goldenText(`amt_packed_${kind}.txt.gz`).trimEnd().split('\n'));
  });

  it('are those of the contract for a small file, whether the score has its messages or only notes', () => {
    const expected = [0, 10008, 27420, 30, 10060, 14132, 30, 10060, 14136, 150, 10000, 14139, 1245, 10000, 27404];
    const decoded = decodeMidi(readFileSync(join(goldenDirectory, 'contracts/tiny.mid')), LIMITS, undefined, CHOICES);
    if (!decoded.ok) throw new Error(decoded.error.message);
    expect([...idsOf(arrival, decoded.score)]).toEqual(expected);
    const { messages, ...notes } = decoded.score;
    expect(messages?.tick.length).toBeGreaterThan(0);
    expect([...idsOf(arrival, notes)]).toEqual(expected);
  });

  it('are 526 tokens in the preset of Text2midi, those of its own file', () => {
    const text = readFileSync(join(goldenDirectory, 'contracts/text2midi-remi-tokenizer.json'), 'utf8');
    expect(presetConfig('text2midi')).toEqual(parseTokenizerConfig(text));
    expect(createTokenizer(presetConfig('text2midi')).vocabulary.columns[0]?.tokens).toHaveLength(526);
  });
});

describe('AMT', () => {
  it('has the vocabulary of the released models', () => {
    const ids = (tokenizer: typeof arrival, ...tokens: string[]) =>
      tokens.map((token) => tokenizer.vocabulary.idOf(token));
    expect(arrival.vocabulary.columns[0]?.tokens).toHaveLength(55_028);
    expect(ids(arrival, 'Time_0', 'Duration_0', 'Note_0-0', 'Note_128-127', 'Rest_None')).toEqual([
      0, 10_000, 11_000, 27_511, 27_512,
    ]);
    expect(ids(arrival, 'AnticipatedTime_0', 'AnticipatedDuration_0', 'AnticipatedNote_0-0')).toEqual([
      27_513, 37_513, 38_513,
    ]);
    expect(ids(arrival, 'Separator_None', 'Autoregress_None', 'Anticipate_None')).toEqual([55_025, 55_026, 55_027]);
    expect(interarrival.vocabulary.columns[0]?.tokens).toHaveLength(34_025);
    expect(ids(interarrival, 'NoteOn_0-0', 'NoteOff_0-0', 'Separator_None')).toEqual([1000, 17_512, 34_024]);
  });

  it.each(KINDS)('%s: what was decoded is encoded as it was, from the score and from its file', (_, __, tokenizer) => {
    fc.assert(
      fc.property(randomScore, (score) => {
        const once = tokenizer.decode({ layout: 'single', columns: 1, streams: [idsOf(tokenizer, score)] });
        const ids = idsOf(tokenizer, once);
        const again = tokenizer.decode({ layout: 'single', columns: 1, streams: [ids] });
        const onsets = ({ tracks }: Score) => tracks.map(({ notes }) => [...notes.onset]);
        expect(onsets(again)).toEqual(onsets(once));
        const read = decodeMidi(encodeMidi(once), LIMITS, undefined, CHOICES);
        if (!read.ok) throw new Error(read.error.message);
        expect(idsOf(tokenizer, read.score).length).toBe(ids.length);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('decodes a line of training data: rests are silence, the next piece begins where the last one ends', () => {
    const separator = [55_025, 55_025, 55_025];
    const line = [55_026, ...separator, 100, 10_000, 27_512, 150, 10_050, 11_060, ...separator, 0, 10_010, 27_419];
    const { tracks, ticksPerQuarter } = arrival.decode({
      layout: 'single',
      columns: 1,
      streams: [Uint16Array.from(line)],
    });
    expect(ticksPerQuarter).toBe(50);
    expect(
      tracks.map(({ isDrum, notes }) => [isDrum, [...notes.onset], [...notes.duration], [...notes.pitch]]),
    ).toEqual([
      [false, [150], [50], [60]],
      [true, [200], [10], [35]],
    ]);
  });

  it.each(KINDS)('%s: passes over ids that make no sense', (_, __, tokenizer) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 34_024 }), { maxLength: 40 }), (ids) => {
        tokenizer.decode({ layout: 'single', columns: 1, streams: [Uint16Array.from(ids)] });
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it.each(KINDS)('%s: is known by the file that it writes, and takes no trained model', (_, __, tokenizer) => {
    expect(parseTokenizerConfig(tokenizer.toJson())).toEqual(tokenizer.config);
    const trained = { _model: '{}', _vocab_base: {}, _vocab_base_byte_to_token: {} };
    const text = JSON.stringify({ ...JSON.parse(tokenizer.toJson()), ...trained });
    expect(() => parseTokenizerConfig(text)).toThrow(expect.objectContaining({ code: 'tokenizer_model_unsupported' }));
  });

  it('needs 32 bits for times after eleven minutes', () => {
    const late = arrival.decode({ layout: 'single', columns: 1, streams: [Int32Array.of(70_000, 10_100, 11_060)] });
    expect([...idsOf(arrival, late)]).toEqual([70_000, 10_100, 11_060]);
  });
});

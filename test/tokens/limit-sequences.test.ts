import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { joinWindows } from '../../src/tokens/join-windows.ts';
import { limitSequences } from '../../src/tokens/limit-sequences.ts';
import { noteCounter } from '../../src/tokens/note-counter.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { PRESET_NAMES, type PresetName, presetConfig } from '../../src/tokens/preset-config.ts';
import type { TokenIds, TokenSequences } from '../../src/tokens/token-sequences.ts';
import { makeScore, makeTrack } from './random-score.ts';

const LIMIT = 64;
/** Those of MidiTok, that is: of AMT no bars are known. */
const NAMES = PRESET_NAMES.filter((name) => !name.startsWith('amt'));

/** Forty bars of four notes on each of two instruments. */
const notes = Array.from({ length: 160 }, (_, index) => ({
  gap: index === 0 ? 0 : 480,
  duration: 480,
  pitch: 50 + (index % 12),
  velocity: 64,
}));
const score = makeScore({ tracks: [makeTrack(0, 0, false, notes), makeTrack(1, 33, false, notes)] });

describe('a limit on the length of sequences', () => {
  it.each(NAMES)('%s: changes nothing where there is none, or where no stream is longer', (name) => {
    const { ids, limited } = limit(name, undefined, 'split');
    const { layout, columns, streams } = ids;
    expect(limited).toEqual({ sequences: { layout, columns, streams }, cutTokens: 0, cutNotes: 0 });
    const whole = { stream: 0, start: 0, bars: [0, 39] };
    expect(limit(name, rowsOf(ids), 'split').limited).toEqual({
      sequences: { layout, columns, streams, places: [whole] },
      cutTokens: 0,
      cutNotes: 0,
    });
  });

  it.each(NAMES)('%s: truncate keeps the first tokens and counts the others', (name) => {
    const { ids, limited } = limit(name, LIMIT, 'truncate');
    expect(limited.sequences.layout).toBe('single');
    expect(limited.sequences.streams).toEqual([ids.streams[0]?.slice(0, LIMIT * ids.columns)]);
    expect(limited.cutTokens).toBe(rowsOf(ids) - LIMIT);
  });

  it.each(NAMES)('%s: split drops nothing and keeps every window within the limit', (name) => {
    const { ids, limited } = limit(name, LIMIT, 'split');
    expect(limited.sequences.layout).toBe('windows');
    expect(limited.cutTokens).toBe(0);
    expect(limited.sequences.streams.flatMap((stream) => [...stream])).toEqual([...(ids.streams[0] ?? [])]);
    for (const window of limited.sequences.streams) {
      expect(window.length).toBeGreaterThan(0);
      expect(window.length).toBeLessThanOrEqual(LIMIT * ids.columns);
    }
  });

  it.each(NAMES)('%s: windows begin with a bar, whether there is a token for bars or not', (name) => {
    const { ids, limited, tokenizer } = limit(name, LIMIT, 'split');
    const { countNotes } = noteCounter(tokenizer.vocabulary);
    const { streams, places = [] } = limited.sequences;
    expect(streams.length).toBeGreaterThan(4);
    for (const [at, { start, bars }] of places.entries()) {
      // What is before a window says all bars before it, and no more.
      const notes = countNotes(ids.streams[0]?.subarray(0, start * ids.columns) ?? new Uint16Array(), ids.columns);
      expect(notes).toBe(8 * (bars?.[0] ?? Number.NaN));
      expect(bars?.[1]).toBe((places[at + 1]?.bars?.[0] ?? 40) - 1);
    }
  });

  it.each(NAMES)('%s: windows overlap by whole bars, and are joined again', (name) => {
    const { ids, limited } = limit(name, LIMIT, 'split', LIMIT / 2);
    const { streams, places = [] } = limited.sequences;
    for (const [at, { start, bars }] of places.entries()) {
      const next = places[at + 1];
      if (next === undefined) continue;
      const common = start + (streams[at]?.length ?? 0) / ids.columns - next.start;
      expect(common).toBeGreaterThan(0);
      expect(common).toBeLessThanOrEqual(LIMIT / 2);
      expect(next.bars?.[0]).toBeLessThanOrEqual(bars?.[1] ?? 0);
    }
    expect(joinWindows(limited.sequences)).toEqual(ids.streams);
  });

  it('finds the bars of a piece that changes its meter, and of the second of its tracks', () => {
    const timeSignatures = {
      tick: Float64Array.of(0, 3840),
      numerator: Uint16Array.of(4, 3),
      denominator: Uint16Array.of(4, 4),
    };
    const changing = { ...score, timeSignatures };
    const config = parseTokenizerConfig('{"tokenization": "TSD", "config": {"use_time_signatures": true}}');
    const tokenizer = createTokenizer(config, { finds: 'bars' });
    const { bars, streams } = tokenizer.encode(changing);
    // Two bars of 4/4 before 50 2/3 of 3/4.
    for (const track of [0, 1]) {
      expect(bars?.[track]?.numbers).toEqual(Array.from({ length: 53 }, (_, bar) => bar));
      const name = (at = 0): string => tokenizer.vocabulary.columns[0]?.tokens[streams[track]?.[at] ?? 0] ?? '';
      expect(
        bars?.[track]?.starts
          .slice(1)
          .map(name)
          .every((token) => /^(Pitch|TimeSig)_/.test(token)),
      ).toBe(true);
    }
  });

  it('octuple: windows begin with the first note of a bar', () => {
    const { limited, tokens } = limit('octuple', LIMIT, 'split');
    const [first, ...others] = limited.sequences.streams;
    let lastBar = tokens(first, -1)[2];
    for (const window of others) {
      expect(tokens(window, 0)[2]).not.toBe(lastBar);
      lastBar = tokens(window, -1)[2];
    }
  });

  it('remi: a bar that is longer than the limit is split where time moves on', () => {
    const { limited, tokens } = limit('remi', 12, 'split');
    const begins = limited.sequences.streams.map((window) => tokens(window, 0)[0] ?? '');
    expect(begins.every((token) => /^(Bar|Position)_/.test(token))).toBe(true);
  });

  it('remi: a limit that is shorter than a note is kept, too', () => {
    const { limited } = limit('remi', 2, 'split');
    expect(Math.max(...limited.sequences.streams.map((window) => window.length))).toBe(2);
  });

  it('truncates and splits each track by itself where tracks are kept apart', () => {
    const tokenizer = createTokenizer(parseTokenizerConfig('{"tokenization": "REMI", "config": {}}'));
    const ids = tokenizer.encode(score);
    const lengths = ids.streams.map((stream) => stream.length);
    expect(lengths.length).toBe(2);
    const { countNotes } = noteCounter(tokenizer.vocabulary);
    const truncated = limitSequences(ids, tokenizer, { maxLength: LIMIT, policy: 'truncate', countNotes });
    expect(truncated.sequences.layout).toBe('tracks');
    expect(truncated.sequences.streams.map((stream) => stream.length)).toEqual([LIMIT, LIMIT]);
    expect(truncated.cutTokens).toBe(lengths.reduce((sum, length) => sum + length - LIMIT, 0));
    const notesIn = (streams: readonly TokenIds[]): number =>
      streams.reduce((sum, stream) => sum + countNotes(stream, 1), 0);
    expect(truncated.cutNotes).toBe(notesIn(ids.streams) - notesIn(truncated.sequences.streams));
    expect(truncated.cutNotes).toBeGreaterThan(0);
    const split = limitSequences(ids, tokenizer, { maxLength: LIMIT, policy: 'split', countNotes });
    expect(split.cutNotes).toBe(0);
    expect(split.sequences.streams.length).toBeGreaterThan(2);
    expect(split.sequences.streams.flatMap((stream) => [...stream])).toEqual(
      ids.streams.flatMap((stream) => [...stream]),
    );
  });
});

function limit(name: PresetName, maxLength: number | undefined, policy: 'truncate' | 'split', overlap = 0) {
  const tokenizer = createTokenizer(presetConfig(name), { finds: 'bars' });
  const ids = tokenizer.encode(score);
  const { countNotes } = noteCounter(tokenizer.vocabulary);
  const tokens = (stream: TokenIds | undefined, row: number): readonly string[] => {
    const rows = (stream?.length ?? 0) / ids.columns;
    const start = ((row + rows) % rows) * ids.columns;
    return [...(stream ?? []).slice(start, start + ids.columns)].map(
      (id, column) => tokenizer.vocabulary.columns[column]?.tokens[id] ?? '',
    );
  };
  return {
    ids,
    tokens,
    tokenizer,
    limited: limitSequences(ids, tokenizer, { maxLength, policy, overlap, countNotes }),
  };
}

function rowsOf({ streams, columns }: TokenSequences): number {
  return (streams[0]?.length ?? 0) / columns;
}

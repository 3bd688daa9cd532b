import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { limitSequences } from '../../src/tokens/limit-sequences.ts';
import { noteCounter } from '../../src/tokens/note-counter.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { PRESET_NAMES, type PresetName, presetConfig } from '../../src/tokens/preset-config.ts';
import type { TokenSequences } from '../../src/tokens/token-sequences.ts';
import { makeScore, makeTrack } from './random-score.ts';

const LIMIT = 64;

/** Forty bars of four notes on each of two instruments. */
const notes = Array.from({ length: 160 }, (_, index) => ({
  gap: index === 0 ? 0 : 480,
  duration: 480,
  pitch: 50 + (index % 12),
  velocity: 64,
}));
const score = makeScore({ tracks: [makeTrack(0, 0, false, notes), makeTrack(1, 33, false, notes)] });

describe('a limit on the length of sequences', () => {
  it.each(PRESET_NAMES)('%s: changes nothing where there is none, or where no stream is longer', (name) => {
    const { ids, limited } = limit(name, undefined, 'split');
    expect(limited).toEqual({ sequences: ids, cutTokens: 0, cutNotes: 0 });
    expect(limit(name, rowsOf(ids), 'split').limited).toEqual({ sequences: ids, cutTokens: 0, cutNotes: 0 });
  });

  it.each(PRESET_NAMES)('%s: truncate keeps the first tokens and counts the others', (name) => {
    const { ids, limited } = limit(name, LIMIT, 'truncate');
    expect(limited.sequences.layout).toBe('single');
    expect(limited.sequences.streams).toEqual([ids.streams[0]?.slice(0, LIMIT * ids.columns)]);
    expect(limited.cutTokens).toBe(rowsOf(ids) - LIMIT);
  });

  it.each(PRESET_NAMES)('%s: split drops nothing and keeps every window within the limit', (name) => {
    const { ids, limited } = limit(name, LIMIT, 'split');
    expect(limited.sequences.layout).toBe('windows');
    expect(limited.cutTokens).toBe(0);
    expect(limited.sequences.streams.flatMap((stream) => [...stream])).toEqual([...(ids.streams[0] ?? [])]);
    for (const window of limited.sequences.streams) {
      expect(window.length).toBeGreaterThan(0);
      expect(window.length).toBeLessThanOrEqual(LIMIT * ids.columns);
    }
  });

  it.each<[PresetName, string]>([
    ['remi', 'Bar'],
    ['cpword', 'Bar'],
    ['tsd', 'TimeShift'],
    ['midilike', 'TimeShift'],
    ['structured', 'TimeShift'],
  ])('%s: windows begin with a %s token', (name, type) => {
    const { limited, tokens } = limit(name, LIMIT, 'split');
    const column = name === 'cpword' ? 1 : 0;
    for (const window of limited.sequences.streams.slice(1)) expect(tokens(window, 0)[column]).toMatch(type);
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
    const notesIn = (streams: readonly Uint16Array[]): number =>
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

function limit(name: PresetName, maxLength: number | undefined, policy: 'truncate' | 'split') {
  const tokenizer = createTokenizer(presetConfig(name));
  const ids = tokenizer.encode(score);
  const { countNotes } = noteCounter(tokenizer.vocabulary);
  const tokens = (stream: Uint16Array | undefined, row: number): readonly string[] => {
    const rows = (stream?.length ?? 0) / ids.columns;
    const start = ((row + rows) % rows) * ids.columns;
    return [...(stream ?? []).slice(start, start + ids.columns)].map(
      (id, column) => tokenizer.vocabulary.columns[column]?.tokens[id] ?? '',
    );
  };
  return { ids, tokens, limited: limitSequences(ids, tokenizer, { maxLength, policy, countNotes }) };
}

function rowsOf({ streams, columns }: TokenSequences): number {
  return (streams[0]?.length ?? 0) / columns;
}

import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { noteCounter } from '../../src/tokens/note-counter.ts';
import { PRESET_NAMES, presetConfig } from '../../src/tokens/preset-config.ts';
import { tinyMidi } from '../tiny-midi.ts';

/** AMT has all pitches. */
describe.each(PRESET_NAMES.filter((name) => !name.startsWith('amt')))('noteCounter for %s', (name) => {
  const tokenizer = createTokenizer(presetConfig(name));
  const { hasNotes, countNotes } = noteCounter(tokenizer.vocabulary);

  it.each([
    ['a scale', [60, 62, 64], true],
    ['no note', [], false],
    ['only notes below the pitch range', [0, 1, 2], false],
  ])('%s', (_, pitches, expected) => {
    const decoded = decodeMidi(tinyMidi(pitches));
    if (!decoded.ok) throw new Error(decoded.error.message);
    const encoded = tokenizer.encode(decoded.score);
    expect(hasNotes(encoded)).toBe(expected);
    const count = encoded.streams.reduce((sum, ids) => sum + countNotes(ids, encoded.columns), 0);
    expect(count + encoded.losses.pitch_range).toBe(pitches.length);
  });
});

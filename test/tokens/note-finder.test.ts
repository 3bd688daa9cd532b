import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { noteFinder } from '../../src/tokens/note-finder.ts';
import { PRESET_NAMES, presetConfig } from '../../src/tokens/preset-config.ts';
import { tinyMidi } from '../tiny-midi.ts';

describe.each(PRESET_NAMES)('noteFinder for %s', (name) => {
  const tokenizer = createTokenizer(presetConfig(name));
  const hasNotes = noteFinder(tokenizer.vocabulary);

  it.each([
    ['a scale', [60, 62, 64], true],
    ['no note', [], false],
    ['only notes below the pitch range', [0, 1, 2], false],
  ])('%s', (_, pitches, expected) => {
    const decoded = decodeMidi(tinyMidi(pitches));
    if (!decoded.ok) throw new Error(decoded.error.message);
    expect(hasNotes(tokenizer.encode(decoded.score))).toBe(expected);
  });
});

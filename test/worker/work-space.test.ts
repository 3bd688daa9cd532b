import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { mergeNotes } from '../../src/features/merged-notes.ts';
import { noteContentBytes } from '../../src/features/note-content.ts';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import { WorkSpace } from '../../src/midi/work-space.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import { hostileFiles } from '../midi/hostile-files.ts';
import { listMidiFiles, readMidi } from '../midi/shared-data.ts';

const sample = fileURLToPath(new URL('../../data/midi/', import.meta.url));

/** Small files, real ones of many tracks, controls and bends where they are, and one too large for any work space. */
function files(): Uint8Array[] {
  const own = readdirSync(sample).map((name) => new Uint8Array(readFileSync(`${sample}${name}`)));
  const shared = listMidiFiles()
    .filter((_, index) => index % 20 === 0)
    .map(readMidi);
  const large = hostileFiles['1 MB of overlapping note-ons, then their note-offs']?.() ?? new Uint8Array(0);
  return [...own, large, ...shared, ...own, large];
}

function resultsOf(bytes: Uint8Array, tokenizer: ReturnType<typeof createTokenizer>, memory?: WorkSpace) {
  const outcome = decodeMidi(bytes, DEFAULT_LIMITS, memory);
  if (!outcome.ok) return outcome.error;
  const { score } = outcome;
  const { streams } = tokenizer.encode(score, memory);
  const notes = mergeNotes(score, memory);
  return structuredClone({
    score: score.tracks.map(({ notes, controls, pitchBends, pedals }) =>
      [notes, controls, pitchBends, pedals].map((columns) => Object.values(columns).map((column) => [...column])),
    ),
    ids: streams.map((ids) => [...ids]),
    features: extractFeatures(score, notes),
    content: [...noteContentBytes(score, notes, memory)],
    onsets: [...notes.onset],
  });
}

test('a file comes out the same from a used work space as from arrays of its own', () => {
  const tokenizer = createTokenizer(presetConfig('remi'));
  const memory = new WorkSpace();
  for (const [index, bytes] of files().entries()) {
    const reused = resultsOf(bytes, tokenizer, memory);
    expect(reused, `file ${index}`).toEqual(resultsOf(bytes, tokenizer));
  }
});

test('a score in a work space is gone with the next one; a score of its own stays', () => {
  const memory = new WorkSpace();
  const [first, second] = files().filter((bytes) => decodeMidi(bytes).ok);
  const decode = (bytes: Uint8Array | undefined, into?: WorkSpace) => {
    const outcome = decodeMidi(bytes ?? new Uint8Array(0), DEFAULT_LIMITS, into);
    return outcome.ok ? outcome.score.tracks.map(({ notes }) => notes.pitch) : [];
  };
  decode(first, memory);
  const reused = decode(first, memory);
  const own = decode(first);
  expect(reused).toEqual(own);
  decode(second, memory);
  expect(reused).not.toEqual(own);
  expect(decode(first)).toEqual(own);
});

import { expect, test } from 'vitest';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { instrumentFamily, instrumentName } from '../../src/features/general-midi.ts';
import { buildScore } from './build-score.ts';

test('instruments are sorted by how long they sound, whatever the order of tracks', () => {
  const score = buildScore({
    tracks: [
      { program: 0, notes: [[0, 480, 60]] },
      {
        program: 33,
        notes: [
          [0, 960, 36],
          [960, 960, 36],
        ],
      },
      {
        isDrum: true,
        program: 25,
        notes: [
          [0, 120, 36],
          [480, 120, 38],
          [960, 120, 36],
        ],
      },
      { program: 32, notes: [[0, 240, 40]] },
      { program: 0, notes: [[480, 480, 64]] },
    ],
  });
  expect(extractFeatures(score)).toMatchObject({
    programs: [33, 0, 128, 32],
    instruments: ['Electric Bass (finger)', 'Acoustic Grand Piano', 'Drums', 'Acoustic Bass'],
    instrument_families: ['Bass', 'Piano', 'Drums'],
    instrument_shares: [0.551724, 0.275862, 0.103448, 0.068966],
    n_instruments: 4,
    has_drums: true,
    n_drum_notes: 3,
    n_tracks: 5,
  });
});

test('every General MIDI program has a name and a family of eight', () => {
  const names = Array.from({ length: 128 }, (_, program) => instrumentName(program));
  expect(new Set(names).size).toBe(128);
  expect(names).not.toContain('Unknown');
  expect(names[0]).toBe('Acoustic Grand Piano');
  expect(names[40]).toBe('Violin');
  expect(names[73]).toBe('Flute');
  expect(names[127]).toBe('Gunshot');
  expect([0, 7, 8, 120].map(instrumentFamily)).toEqual(['Piano', 'Piano', 'Chromatic Percussion', 'Sound Effects']);
});

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { combination } from '../../src/augmentation/music-change.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import { createChangeProcessor } from '../../src/worker/change-midi.ts';
import { unpackChangedPieces } from '../../src/worker/changed-pieces.ts';
import type { WantedChanges } from '../../src/worker/midi-messages.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { USUAL_SETTINGS } from './usual-settings.ts';

const midiRoot = dirname(SAMPLE);
const midiFile = 'midi/little-sonatina.mid';
const sha256 = createHash('sha256')
  .update(readFileSync(join(midiRoot, midiFile)))
  .digest('hex');
const changeMidi = createChangeProcessor({
  ...USUAL_SETTINGS,
  midiRoot,
  tokenizer: presetConfig('tsd'),
});

function changed(wanted: Partial<WantedChanges>) {
  const grid = { transpose: [-1, 0, 1], tempo: [0.9, 1], velocity: [0] };
  const changes = { sha256, grid, copies: 2, lot: 'a', mustDiffer: true, ...wanted } as const;
  const outcome = changeMidi({ index: 0, midiFile, changes });
  if (!outcome.ok) throw new Error(outcome.code);
  const { pieces, ...counts } = unpackChangedPieces(outcome.bytes);
  return { ...counts, changes: pieces.map(({ change }) => Object.values(combination(changes.grid, change))) };
}

describe('changed pieces', () => {
  it('are all combinations but the piece itself, where all are asked for', () => {
    expect(changed({ copies: 'all' })).toEqual({
      changes: [
        [-1, 0.9, 0],
        [-1, 1, 0],
        [0, 0.9, 0],
        [1, 0.9, 0],
        [1, 1, 0],
      ],
      unfit: 0,
      same: 0,
      failed: 0,
    });
  });

  it('are drawn by the lot, and are different ones', () => {
    const [first, again, other] = ['a', 'a', 'b'].map((lot) => changed({ lot, copies: 4 }).changes);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(new Set(first?.map(String)).size).toBe(4);
  });

  it('leave transpositions out that notes do not fit, and pieces that have the same tokens', () => {
    const grid = { transpose: [-60, 0, 60], tempo: [1], velocity: [0] };
    expect(changed({ grid, copies: 'all' })).toEqual({ changes: [], unfit: 2, same: 0, failed: 0 });
    // A velocity of MidiTok is one of 32.
    const few = changed({ grid: { transpose: [0], tempo: [1], velocity: [0, 1, 2, 3, 4] }, copies: 'all' });
    expect([few.changes.length > 0, few.same > 0]).toEqual([true, true]);
    const all = changed({ grid: { transpose: [0], tempo: [1], velocity: [1, 2] }, copies: 'all', mustDiffer: false });
    expect([all.changes.length, all.same]).toEqual([2, 0]);
  });

  it('are none of a file that is another than the one of the row', () => {
    expect(() => changed({ sha256: '0'.repeat(64) })).toThrow('midi_changed');
    expect(() => changed({ grid: { transpose: [], tempo: [1], velocity: [0] } })).not.toThrow();
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureActivity } from '../../src/features/activity.ts';
import { chordWindows } from '../../src/features/chord-windows.ts';
import { DRUMS, mergeNotes } from '../../src/features/merged-notes.ts';
import { noteTable } from '../../src/features/note-table.ts';
import { soundingPitches } from '../../src/features/sounding-pitches.ts';
import { timeGrid } from '../../src/features/time-grid.ts';
import { meterSpans } from '../../src/midi/bars.ts';
import type { Score } from '../../src/midi/score.ts';
import { arbitrarySketch } from './arbitrary-score.ts';
import { buildScore } from './build-score.ts';

function lookAt(score: Score) {
  const notes = mergeNotes(score);
  noteTable.take(notes);
  const endTick = Math.max(score.endTick, ...notes.onset.map((onset) => onset + 1));
  const grid = timeGrid(notes.count, meterSpans(score), score.ticksPerQuarter, endTick);
  const windows = chordWindows(grid.sections);
  const chroma = soundingPitches(grid, windows);
  return { grid, windows, chroma, activity: measureActivity(grid), program: notes.program };
}

/** The pitches that sound in each step, drums left out, and the steps in which anything does. */
function pianoRoll({ grid, program }: ReturnType<typeof lookAt>) {
  const pitches = Array.from({ length: grid.steps }, () => new Set<number>());
  const sounds = new Array<boolean>(grid.steps).fill(false);
  for (let i = 0; i < grid.count; i++) {
    for (let step = noteTable.firstStep[i] ?? 0; step < (noteTable.endStep[i] ?? 0); step++) {
      sounds[step] = true;
      if (program[i] !== DRUMS) pitches[step]?.add(noteTable.pitch[i] ?? 0);
    }
  }
  return { pitches, sounds };
}

test('what sounds in each window and how many pitches at once is what a piano roll shows', () => {
  fc.assert(
    fc.property(arbitrarySketch(), (sketch) => {
      const looked = lookAt(buildScore({ ...sketch, ticksPerQuarter: 100 }));
      const { grid, windows, chroma, activity } = looked;
      const { pitches, sounds } = pianoRoll(looked);
      for (let window = 0; window < chroma.windows; window++) {
        const sounding = pitches.slice(windows[window], windows[window + 1]).flatMap((step) => [...step]);
        const weights = new Array<number>(12).fill(0);
        for (const pitch of sounding) weights[pitch % 12] = (weights[pitch % 12] ?? 0) + 1;
        expect([...chroma.weights.subarray(window * 12, window * 12 + 12)]).toEqual(weights);
        expect(chroma.bass[window]).toBe(sounding.length === 0 ? 255 : Math.min(...sounding));
        expect(chroma.used[window]).toBe(sounding.reduce((bits, pitch) => bits | (1 << (pitch % 12)), 0));
      }
      const counts = pitches.map((step) => step.size);
      expect(activity.mostPitches).toBe(Math.max(0, ...counts));
      expect(activity.polyphonyRate * grid.steps).toBeCloseTo(counts.filter((count) => count > 2).length);
      const stretches = new Array<boolean>(grid.steps).fill(false);
      for (const [i, start] of activity.starts.entries()) stretches.fill(true, start, activity.ends[i]);
      expect(stretches).toEqual(sounds);
      expect(activity.soundingSteps).toBe(sounds.filter(Boolean).length);
    }),
    { numRuns: 50 },
  );
});

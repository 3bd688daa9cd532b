import type { Score } from '../midi/score.ts';
import type { MidiFeatures } from './feature-schema.ts';
import { OFF_GRID_LEVEL } from './metric-level.ts';
import { noteTable } from './note-table.ts';
import { phaseTable } from './phase-table.ts';
import { rounded } from './rounded.ts';
import { scratch } from './scratch.ts';

type ExpressivenessFeatures = Pick<
  MidiFeatures,
  | 'timing'
  | 'on_grid_rate'
  | 'note_onset_median_metric_level'
  | 'note_onset_deviation_ratio'
  | 'note_velocity_ratio'
  | 'n_pedals'
  | 'n_pitch_bends'
  | 'n_controls'
  | 'n_lyrics'
>;

/**
 * Whether a score was quantized or performed, by the heuristics of GigaMIDI (Lee et al., TISMIR 2025) over all notes of
 * the file: NOMML (note onset median metric level), DNODR (distinctive note onset deviation ratio) and DNVR
 * (distinctive note velocity ratio). A median level of 12, an onset on no grid, means performed. Below 32 ticks a
 * quarter almost every tick is on the grid, so such a file is called quantized.
 */
export function expressivenessFeatures(score: Score, notes: number, velocities: number): ExpressivenessFeatures {
  const { levels, deviations } = onsetStatistics(notes, score.ticksPerQuarter);
  const hasNotes = notes > 0;
  const level = medianLevel(levels, notes);
  return {
    timing: hasNotes ? (level >= OFF_GRID_LEVEL ? 'performed' : 'quantized') : null,
    on_grid_rate: hasNotes ? rounded(1 - (levels[OFF_GRID_LEVEL] ?? 0) / notes) : null,
    note_onset_median_metric_level: hasNotes ? level : null,
    note_onset_deviation_ratio: hasNotes ? rounded(deviations / score.ticksPerQuarter) : null,
    note_velocity_ratio: hasNotes ? rounded(velocities / 127) : null,
    n_pedals: score.tracks.reduce((sum, track) => sum + track.pedals.onset.length, 0),
    n_pitch_bends: score.tracks.reduce((sum, track) => sum + track.pitchBends.tick.length, 0),
    n_controls: score.tracks.reduce((sum, track) => sum + track.controls.tick.length, 0),
    n_lyrics: score.tracks.reduce((sum, track) => sum + track.lyrics.length, 0),
  };
}

/** Notes of each metric level, and the number of different offsets from the quarter. */
function onsetStatistics(count: number, ticksPerQuarter: number) {
  countPhases(count, ticksPerQuarter);
  const { counts } = phaseTable;
  const levels = scratch.float64(OFF_GRID_LEVEL + 1);
  let deviations = 0;
  for (let phase = 0; phase < ticksPerQuarter; phase++) {
    const inFirst = counts[phase] as number;
    const inSecond = counts[phase + ticksPerQuarter] as number;
    if ((inFirst | inSecond) === 0) continue;
    deviations += 1;
    const firstLevel = phaseTable.levelOf(phase);
    const secondLevel = phaseTable.levelOf(phase + ticksPerQuarter);
    levels[firstLevel] = (levels[firstLevel] as number) + inFirst;
    levels[secondLevel] = (levels[secondLevel] as number) + inSecond;
  }
  return { levels, deviations };
}

function countPhases(count: number, ticksPerQuarter: number): void {
  phaseTable.clear(ticksPerQuarter);
  const { counts } = phaseTable;
  const { onset } = noteTable;
  const period = 2 * ticksPerQuarter;
  let start = 0;
  for (let i = 0; i < count; i++) {
    const tick = onset[i] as number;
    if (tick >= start + period) start = Math.floor(tick / period) * period;
    const phase = (tick - start) | 0;
    counts[phase] = (counts[phase] as number) + 1;
  }
}

/** The median as numpy has it, the mean of the two middle values where their number is even, cut to a whole number. */
function medianLevel(levels: Float64Array, count: number): number {
  return Math.floor((levelAt(levels, Math.ceil(count / 2)) + levelAt(levels, Math.floor(count / 2) + 1)) / 2);
}

/** Level of the note that is `rank`-th, from 1, in ascending order. */
function levelAt(levels: Float64Array, rank: number): number {
  let passed = 0;
  for (let level = 0; level < levels.length; level++) {
    passed += levels[level] ?? 0;
    if (passed >= rank) return level;
  }
  return OFF_GRID_LEVEL;
}

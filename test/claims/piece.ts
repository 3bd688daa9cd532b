import type { PieceFacts } from '../../src/claims/piece-facts.ts';

/** How long each pitch class sounds in a piece that keeps to a scale, its tonic and fifth longest. */
export function scaleOn(tonic: number, isMinor: boolean): number[] {
  const steps = isMinor ? [0, 2, 3, 5, 7, 8, 10] : [0, 2, 4, 5, 7, 9, 11];
  const shares = new Array<number>(12).fill(0);
  for (const [at, step] of steps.entries())
    shares[(tonic + step) % 12] = at === 0 ? 0.3 : at === 4 ? 0.2 : at === 2 ? 0.15 : 0.0875;
  return shares;
}

const NAMES = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];

export function inKey(tonic: number, isMinor: boolean): Partial<PieceFacts> {
  const key = `${NAMES[tonic]} ${isMinor ? 'minor' : 'major'}`;
  return { key, key_confidence: 0.9, pitch_class_durations: scaleOn(tonic, isMinor) };
}

/** A piano piece of two minutes in C major at 100 BPM in 4/4. */
export function piece(others: Partial<PieceFacts> = {}): PieceFacts {
  const bpm = others.tempo_bpm ?? 100;
  return {
    ...inKey(0, false),
    key: 'C major',
    key_confidence: 0.9,
    pitch_class_durations: scaleOn(0, false),
    key_signatures: [],
    tempo_bpm: bpm,
    tempo_bpm_initial: bpm,
    tempo_bpm_min: bpm,
    tempo_bpm_max: bpm,
    tempo_changes: 0,
    tempo_is_stated: true,
    time_signature: '4/4',
    time_signatures: ['4/4'],
    time_signature_is_stated: true,
    timing: 'quantized',
    programs: [0],
    instrument_shares: [1],
    duration_seconds: 120,
    chords: ['C', 'G', 'Am', 'F'],
    chord_seconds: [0, 30, 60, 90],
    velocity_mean: 80,
    n_velocities_used: 30,
    notes_per_second: 5,
    ...others,
  };
}

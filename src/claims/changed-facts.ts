import type { PieceFacts } from './piece-facts.ts';

const [SOFTEST, LOUDEST] = [1, 127] as const;

/** What is known of a piece when it goes at another tempo, as far as captions speak of it. */
export function factsAtTempo(facts: PieceFacts, factor: number): PieceFacts {
  return {
    ...facts,
    tempo_bpm: facts.tempo_bpm * factor,
    tempo_bpm_initial: facts.tempo_bpm_initial * factor,
    tempo_bpm_min: facts.tempo_bpm_min * factor,
    tempo_bpm_max: facts.tempo_bpm_max * factor,
    duration_seconds: facts.duration_seconds / factor,
    chord_seconds: facts.chord_seconds.map((seconds) => seconds / factor),
    notes_per_second: facts.notes_per_second === null ? null : facts.notes_per_second * factor,
  };
}

/** The same when it is played louder by so much. */
export function factsAtLoudness(facts: PieceFacts, velocity: number): PieceFacts {
  const mean = facts.velocity_mean;
  return {
    ...facts,
    velocity_mean: mean === null ? null : Math.max(SOFTEST, Math.min(LOUDEST, mean + velocity)),
  };
}

import type { Score } from '../../../midi/score.ts';
import { ScoreBuilder } from '../../decode/score-builder.ts';
import { DRUMS as DRUM_PROGRAM, TrackBuilder } from '../../decode/track-builder.ts';
import { DRUMS, PITCHES, STEPS_PER_SECOND } from './amt-ids.ts';

/** At the tempo that a file has which says none, so that a step is a tick. */
const TEMPO = 120;
const TICKS_PER_QUARTER = (STEPS_PER_SECOND * 60) / TEMPO;

/** A score of notes whose times are steps: a track for each instrument, in the order in which they begin. */
export class StepsScore {
  readonly #builder = new ScoreBuilder(TICKS_PER_QUARTER, TEMPO);
  readonly #tracks = new Map<number, TrackBuilder>();

  /** @param note - instrument and pitch. */
  addNote(onset: number, duration: number, note: number, velocity: number): void {
    this.trackOf(note).addNote(onset, duration, note % PITCHES, velocity);
  }

  /** Makes room for the instrument of a note. */
  trackOf(note: number): TrackBuilder {
    const instrument = Math.floor(note / PITCHES);
    const known = this.#tracks.get(instrument);
    if (known !== undefined) return known;
    const track = new TrackBuilder(instrument === DRUMS ? DRUM_PROGRAM : instrument);
    this.#tracks.set(instrument, track);
    this.#builder.tracks.push(track);
    return track;
  }

  build(): Score {
    return this.#builder.build();
  }
}

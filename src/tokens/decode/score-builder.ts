import type { Score, Track } from '../../midi/score.ts';
import type { TrackBuilder } from './track-builder.ts';

const MICROSECONDS_A_MINUTE = 60e6;
/** What symusic, with 32 bits, makes of a tempo of 0 and of all that are slower than it can say. */
const TOO_SLOW = -(2 ** 31);

export interface TempoChange {
  tick: number;
  readonly microseconds: number;
}

export interface MeterChange {
  readonly tick: number;
  readonly numerator: number;
  readonly denominator: number;
}

interface KeyChange {
  readonly tick: number;
  readonly sharps: number;
  readonly minor: number;
}

/** Collects what streams say and makes a score of it. The lists are in the order in which things were said. */
export class ScoreBuilder {
  readonly tempos: TempoChange[] = [];
  readonly meters: MeterChange[] = [];
  readonly keys: KeyChange[] = [];
  readonly tracks: TrackBuilder[] = [];
  readonly #ticksPerQuarter: number;
  readonly #defaultTempo: number;

  /** @param defaultTempo - In quarters a minute, for where none is said. */
  constructor(ticksPerQuarter: number, defaultTempo: number) {
    this.#ticksPerQuarter = ticksPerQuarter;
    this.#defaultTempo = defaultTempo;
  }

  /** A tempo in quarters a minute. */
  addTempo(tick: number, tempo: number): void {
    this.tempos.push(tempoChange(tick, tempo));
  }

  /** The score; it begins with the default tempo and 4/4 where the first of those that were said is not at its start. */
  build(): Score {
    if (this.tempos[0]?.tick !== 0) this.tempos.unshift(tempoChange(0, this.#defaultTempo));
    if (this.meters[0]?.tick !== 0) this.meters.unshift({ tick: 0, numerator: 4, denominator: 4 });
    const [tempos, meters, keys] = [byTick(this.tempos), byTick(this.meters), byTick(this.keys)];
    const tracks = this.tracks.map((track, index) => track.build(index));
    const ends = [tempos, meters, keys].map((changes) => changes.at(-1)?.tick ?? 0);
    return {
      format: 1,
      ticksPerQuarter: this.#ticksPerQuarter,
      tracks,
      tempos: {
        tick: Float64Array.from(tempos, ({ tick }) => tick),
        microsecondsPerQuarter: Float64Array.from(tempos, ({ microseconds }) => microseconds),
      },
      timeSignatures: {
        tick: Float64Array.from(meters, ({ tick }) => tick),
        numerator: Uint16Array.from(meters, ({ numerator }) => numerator),
        denominator: Uint16Array.from(meters, ({ denominator }) => denominator),
      },
      keySignatures: {
        tick: Float64Array.from(keys, ({ tick }) => tick),
        sharps: Int8Array.from(keys, ({ sharps }) => sharps),
        minor: Uint8Array.from(keys, ({ minor }) => minor),
      },
      markers: [],
      texts: [],
      endTick: tracks.reduce((end, track) => Math.max(end, endOf(track)), Math.max(0, ...ends)),
      repairs: {},
    };
  }
}

export function tempoChange(tick: number, tempo: number): TempoChange {
  const microseconds = Math.round(MICROSECONDS_A_MINUTE / tempo);
  return { tick, microseconds: microseconds < 2 ** 31 ? microseconds : TOO_SLOW };
}

/** Quarters a minute, as a token would say them. */
export function tempoOf({ microseconds }: TempoChange): number {
  return Number((MICROSECONDS_A_MINUTE / microseconds).toFixed(2));
}

function byTick<T extends { readonly tick: number }>(changes: readonly T[]): T[] {
  return [...changes].sort((a, b) => a.tick - b.tick);
}

function endOf({ notes, controls, pitchBends }: Track): number {
  let end = Math.max(controls.tick.at(-1) ?? 0, pitchBends.tick.at(-1) ?? 0);
  notes.onset.forEach((onset, index) => {
    end = Math.max(end, onset + (notes.duration[index] ?? 0));
  });
  return end;
}

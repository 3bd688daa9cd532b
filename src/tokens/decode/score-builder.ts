import type { Score, Track } from '../../midi/score.ts';
import { USUAL_TEMPO } from '../token-values.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { TrackBuilder } from './track-builder.ts';
import { TrackOrder } from './track-order.ts';

const DRUM_CHANNEL = 9;
const SUSTAIN = 64;
const EMPTY_TICKS = new Float64Array(0);

/** Collects what streams say and makes a score of it: one track for each stream and program. */
export class ScoreBuilder {
  readonly #ticksPerQuarter: number;
  readonly #tables: TokenizerTables;
  readonly #tracks = new Map<number, TrackBuilder>();
  readonly #order = new TrackOrder();
  readonly #tempos: { tick: number; microseconds: number }[] = [];
  readonly #meters: { tick: number; numerator: number; denominator: number }[] = [];

  constructor(tables: TokenizerTables, ticksPerQuarter: number) {
    this.#tables = tables;
    this.#ticksPerQuarter = ticksPerQuarter;
  }

  /** The track of a program (-1 is drums) in a stream, for an event at `tick`. */
  track(stream: number, program: number, tick: number): TrackBuilder {
    const key = stream * 256 + program + 1;
    this.#order.see(key, tick);
    let track = this.#tracks.get(key);
    if (track === undefined) {
      track = new TrackBuilder(program);
      this.#tracks.set(key, track);
    }
    return track;
  }

  /** `bin` is an index into the tokenizer's tempos. */
  addTempo(tick: number, bin: number): void {
    // MidiTok truncates where it could round; the nearest tempo is the same.
    this.#tempos.push({ tick, microseconds: Math.trunc(60e6 / (this.#tables.values.tempos[bin] ?? USUAL_TEMPO)) });
  }

  /** `meter` is an index into the tokenizer's time signatures; one that repeats the one before is left out. */
  addMeter(tick: number, meter: number): void {
    const signature = this.#tables.values.timeSignatures[meter];
    const last = this.#meters.at(-1);
    if (signature === undefined) return;
    if (last?.numerator === signature.numerator && last.denominator === signature.denominator) return;
    this.#meters.push({ tick, ...signature });
  }

  /** The score; it begins with the default tempo and 4/4 where streams do not say otherwise. */
  build(): Score {
    const { config, values } = this.#tables;
    this.#tempos.sort(byTick);
    this.#meters.sort(byTick);
    if (this.#tempos[0]?.tick !== 0) {
      const tempo = config.use_tempos ? (values.tempos[values.defaultTempo] ?? USUAL_TEMPO) : USUAL_TEMPO;
      this.#tempos.unshift({ tick: 0, microseconds: Math.round(60e6 / tempo) });
    }
    if (this.#meters[0]?.tick !== 0) this.#meters.unshift({ tick: 0, numerator: 4, denominator: 4 });
    const tracks = this.#order.tracks().flatMap((key, index) => {
      const track = this.#tracks.get(key);
      return track === undefined ? [] : [finishTrack(track, index)];
    });
    const lastTicks = [this.#tempos.at(-1)?.tick ?? 0, this.#meters.at(-1)?.tick ?? 0];
    return {
      format: 1,
      ticksPerQuarter: this.#ticksPerQuarter,
      tracks,
      tempos: {
        tick: Float64Array.from(this.#tempos, (tempo) => tempo.tick),
        microsecondsPerQuarter: Float64Array.from(this.#tempos, (tempo) => tempo.microseconds),
      },
      timeSignatures: {
        tick: Float64Array.from(this.#meters, (meter) => meter.tick),
        numerator: Uint16Array.from(this.#meters, (meter) => meter.numerator),
        denominator: Uint16Array.from(this.#meters, (meter) => meter.denominator),
      },
      keySignatures: { tick: EMPTY_TICKS, sharps: new Int8Array(0), minor: new Uint8Array(0) },
      markers: [],
      texts: [],
      endTick: tracks.reduce((end, track) => Math.max(end, endOf(track)), Math.max(...lastTicks)),
      repairs: {},
    };
  }
}

function byTick(a: { readonly tick: number }, b: { readonly tick: number }): number {
  return a.tick - b.tick;
}

/** Tracks but drums take the channels in turn. Pedals are written as the controller they stand for, too. */
function finishTrack(builder: TrackBuilder, index: number): Track {
  const melodicChannel = index % 15;
  const pedals = builder.sortedPedals();
  const switches = pedals.flatMap(({ onset, end }) => [
    { tick: onset, value: 127 },
    { tick: end, value: 0 },
  ]);
  const notes = builder.sortedNotes();
  const bends = builder.sortedBends();
  return {
    program: Math.max(0, builder.program),
    channel: builder.isDrum ? DRUM_CHANNEL : melodicChannel + (melodicChannel >= DRUM_CHANNEL ? 1 : 0),
    midiTrack: index,
    isDrum: builder.isDrum,
    name: '',
    notes: {
      onset: Float64Array.from(notes, (note) => note.onset),
      duration: Float64Array.from(notes, (note) => note.duration),
      pitch: Uint8Array.from(notes, (note) => note.pitch),
      velocity: Uint8Array.from(notes, (note) => note.velocity),
    },
    controls: {
      tick: Float64Array.from(switches, (control) => control.tick),
      number: new Uint8Array(switches.length).fill(SUSTAIN),
      value: Uint8Array.from(switches, (control) => control.value),
    },
    pitchBends: {
      tick: Float64Array.from(bends, (bend) => bend.tick),
      value: Int16Array.from(bends, (bend) => bend.value),
    },
    pedals: {
      onset: Float64Array.from(pedals, (pedal) => pedal.onset),
      duration: Float64Array.from(pedals, (pedal) => pedal.end - pedal.onset),
    },
    lyrics: [],
  };
}

function endOf({ notes, controls, pitchBends }: Track): number {
  let end = Math.max(controls.tick.at(-1) ?? 0, pitchBends.tick.at(-1) ?? 0);
  notes.onset.forEach((onset, index) => {
    end = Math.max(end, onset + (notes.duration[index] ?? 0));
  });
  return end;
}

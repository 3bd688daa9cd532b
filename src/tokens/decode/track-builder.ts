import type { Track } from '../../midi/score.ts';

/** Drums, as MidiTok counts programs. */
export const DRUMS = -1;
const DRUM_CHANNEL = 9;
const MELODIC_CHANNELS = 15;
const SUSTAIN = 64;
const [PRESSED, RELEASED] = [127, 0];
const LARGEST_VELOCITY = 127;

type Row = readonly [tick: number, ...values: number[]];

/** Notes, pedals, pitch bends and controls of one track as they are read. */
export class TrackBuilder {
  /** 0 to 127. */
  program: number;
  isDrum: boolean;
  readonly #notes: Row[] = [];
  #hasNotes = false;
  readonly #pedals: Row[] = [];
  readonly #bends: Row[] = [];
  readonly #controls: Row[] = [];

  /** @param program - `DRUMS` is a drum track. */
  constructor(program: number) {
    this.isDrum = program === DRUMS;
    this.program = this.isDrum ? 0 : program;
  }

  /** Whether nothing is in it but pedals, which MidiTok does not count. */
  get isEmpty(): boolean {
    return !this.#hasNotes && this.#controls.length === 0 && this.#bends.length === 0;
  }

  /** A note of a velocity that MIDI does not have, which sequences without sense can ask for, is left out; its track is not. */
  addNote(onset: number, duration: number, pitch: number, velocity: number): void {
    this.#hasNotes = true;
    if (velocity >= 0 && velocity <= LARGEST_VELOCITY) this.#notes.push([onset, duration, pitch, velocity]);
  }

  addPedal(onset: number, duration: number): void {
    this.#pedals.push([onset, duration]);
  }

  addBend(tick: number, value: number): void {
    this.#bends.push([tick, value]);
  }

  addControl(tick: number, number: number, value: number): void {
    this.#controls.push([tick, number, value]);
  }

  /**
   * Notes as they were read, which is the order in which MidiTok encodes them again; all else by tick. Tracks but drums take the channels in turn; pedals are told by the controller that
   * they stand for, too.
   */
  build(index: number): Track {
    const [notes, pedals, bends] = [this.#notes, byTick(this.#pedals), byTick(this.#bends)];
    const switches = pedals.flatMap(([onset, duration = 0]): Row[] => [
      [onset, SUSTAIN, PRESSED],
      [onset + duration, SUSTAIN, RELEASED],
    ]);
    const controls = byTick([...this.#controls, ...switches]);
    const channel = index % MELODIC_CHANNELS;
    const melodicChannel = channel < DRUM_CHANNEL ? channel : channel + 1;
    return {
      program: this.program,
      channel: this.isDrum ? DRUM_CHANNEL : melodicChannel,
      midiTrack: index,
      isDrum: this.isDrum,
      name: '',
      notes: {
        onset: column(notes, 0, new Float64Array(notes.length)),
        duration: column(notes, 1, new Float64Array(notes.length)),
        pitch: column(notes, 2, new Uint8Array(notes.length)),
        velocity: column(notes, 3, new Uint8Array(notes.length)),
      },
      controls: {
        tick: Float64Array.from(controls, ([tick]) => tick),
        number: Uint8Array.from(controls, ([, number = 0]) => number),
        value: Uint8Array.from(controls, ([, , value = 0]) => value),
      },
      pitchBends: {
        tick: Float64Array.from(bends, ([tick]) => tick),
        value: Int16Array.from(bends, ([, value = 0]) => value),
      },
      pedals: {
        onset: Float64Array.from(pedals, ([onset]) => onset),
        duration: Float64Array.from(pedals, ([, duration = 0]) => duration),
      },
      lyrics: [],
    };
  }
}

function column<Numbers extends Float64Array | Uint8Array>(
  rows: readonly Row[],
  at: number,
  numbers: Numbers,
): Numbers {
  for (let row = 0; row < rows.length; row++) numbers[row] = rows[row]?.[at] ?? 0;
  return numbers;
}

function byTick(rows: readonly Row[]): Row[] {
  return [...rows].sort(([a], [b]) => a - b);
}

/** Time is in quarter notes from the start, pitch and velocity are MIDI's. */
export interface Note {
  readonly at: number;
  readonly length: number;
  readonly pitch: number;
  /** 1 to 127. */
  readonly velocity: number;
}

/** A value that holds from a time on. */
export type Change<Value> = readonly [at: number, value: Value];

export interface Part {
  readonly name: string;
  /** Program of General MIDI, 0 to 127, or the drum channel. */
  readonly program: number | 'drums';
  readonly notes: readonly Note[];
  readonly pedal?: readonly Change<boolean>[];
  /** -1 to 1, of the usual range of two semitones. */
  readonly bends?: readonly Change<number>[];
  /** Controller 11, 0 to 127. */
  readonly expression?: readonly Change<number>[];
  /** Programs after the first. */
  readonly programs?: readonly Change<number>[];
}

export interface Piece {
  /** Name of the file, without `.mid`. */
  readonly slug: string;
  readonly title: string;
  readonly style: string;
  /** Such as `G major` or `E dorian`; `undefined` without pitch. */
  readonly key: string | undefined;
  /** In quarter notes per minute; empty for a performance recorded without a beat. */
  readonly tempi: readonly Change<number>[];
  /** Such as `6/8`; empty for a performance recorded without a beat. */
  readonly meters: readonly Change<string>[];
  readonly parts: readonly Part[];
  readonly caption: string;
  /** ISO 639-1. */
  readonly language: string;
  readonly ticksPerQuarter: number;
}

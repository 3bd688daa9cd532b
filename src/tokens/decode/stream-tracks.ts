import type { TokenizerConfig } from '../tokenizer-config.ts';
import type { TokenMeaning } from './token-meanings.ts';
import { numberOf } from './token-meanings.ts';
import { DRUMS, TrackBuilder } from './track-builder.ts';

/** The tracks that one stream tells of: one for each program where all are in one stream, otherwise one. */
export class StreamTracks {
  /** The program that was said last; `DRUMS` is drums. */
  program = 0;
  readonly #config: TokenizerConfig;
  readonly #byProgram = new Map<number, TrackBuilder>();
  readonly #only: TrackBuilder | undefined;
  readonly #withDurations: ReadonlySet<number>;

  /** @param firstProgram - What the first Program token of the stream says; `undefined` where there is none. */
  constructor(config: TokenizerConfig, firstProgram: number | undefined) {
    this.#config = config;
    this.#withDurations = new Set(config.use_note_duration_programs);
    if (config.one_token_stream_for_programs) return;
    const first = config.use_programs ? (firstProgram ?? 0) : 0;
    this.#only = new TrackBuilder(first);
    // MidiTok takes drums for program 0 until a token says otherwise.
    this.program = first === DRUMS ? 0 : first;
  }

  /** The program of the one track, as far as it is the only one. */
  get onlyProgram(): number | undefined {
    return this.#only?.program;
  }

  /** What a Program token does. */
  change(program: number): void {
    this.program = program;
    if (this.#only === undefined || !this.#config.program_changes) return;
    this.#only.program = program === DRUMS ? 0 : program;
    if (program === DRUMS) this.#only.isDrum = true;
  }

  /** The track for an event of a program. */
  of(program = this.program): TrackBuilder {
    if (this.#only !== undefined) return this.#only;
    let track = this.#byProgram.get(program);
    if (track === undefined) {
      track = new TrackBuilder(program);
      this.#byProgram.set(program, track);
    }
    return track;
  }

  /** Whether notes of the program that was said last have a duration, or an end, of their own. */
  get hasDurations(): boolean {
    return this.#withDurations.has(this.program);
  }

  /** The tracks in the order in which they were first needed; a track of its own only where something is in it. */
  build(): readonly TrackBuilder[] {
    if (this.#only === undefined) return [...this.#byProgram.values()];
    return this.#only.isEmpty ? [] : [this.#only];
  }
}

/** What the first Program token says. */
export function firstProgram(tokens: readonly TokenMeaning[]): number | undefined {
  const token = tokens.find(({ type }) => type.startsWith('Program'));
  return token === undefined ? undefined : numberOf(token);
}

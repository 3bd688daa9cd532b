import { numberOf, type TokenMeaning } from './token-meanings.ts';

/** What MidiTok counts intervals from before there is a note. */
const NO_PITCH = -128;

/** The pitches that intervals are counted from, by program. */
export class NoteMemory {
  readonly #lowest: number;
  readonly #highest: number;
  readonly #onsets = new Map<number, number>();
  readonly #chords = new Map<number, number>();

  /** @param range - Lowest and highest pitch; notes beyond them are left out. */
  constructor([lowest, highest]: readonly [number, number]) {
    this.#lowest = lowest;
    this.#highest = highest;
  }

  /** The pitch that a token says, of drums, too; `undefined` where it is out of the range of the tokenizer. */
  pitchOf(token: TokenMeaning, program: number): number | undefined {
    const pitch = this.#startOf(token.type, program) + numberOf(token);
    return this.#lowest <= pitch && pitch <= this.#highest ? pitch : undefined;
  }

  remember({ type }: TokenMeaning, program: number, pitch: number): void {
    if (type !== 'PitchIntervalChord') this.#onsets.set(program, pitch);
    this.#chords.set(program, pitch);
  }

  #startOf(type: string, program: number): number {
    if (type === 'PitchIntervalTime') return this.#onsets.get(program) ?? NO_PITCH;
    return type === 'PitchIntervalChord' ? (this.#chords.get(program) ?? NO_PITCH) : 0;
  }
}

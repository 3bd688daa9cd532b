import type { MergedNotes } from './merged-notes.ts';

/** More than music has, so that these arrays stay the ones that they are; what is never written takes no memory. */
const USUAL_NOTES = 2 ** 16;

/**
 * The notes that are looked at, in order of onset, in arrays that serve one file after the other and may be longer. A
 * constant of a module, so that V8 has the address of each array in its machine code, and need not ask in each step of a
 * loop what array it is: loops over them take a fraction of the time.
 */
class NoteTable {
  /** Ticks. */
  onset = new Float64Array(USUAL_NOTES);
  end = new Float64Array(USUAL_NOTES);
  pitch = new Uint8Array(USUAL_NOTES);
  velocity = new Uint8Array(USUAL_NOTES);
  program = new Uint8Array(USUAL_NOTES);
  /** Steps of the grid, see `TimeGrid`. */
  firstStep = new Int32Array(USUAL_NOTES);
  endStep = new Int32Array(USUAL_NOTES);

  take({ count, onset, end, pitch, velocity, program }: MergedNotes): void {
    if (count > this.onset.length) this.grow(count);
    this.onset.set(onset);
    this.end.set(end);
    this.pitch.set(pitch);
    this.velocity.set(velocity);
    this.program.set(program);
  }

  private grow(notes: number): void {
    this.onset = new Float64Array(notes);
    this.end = new Float64Array(notes);
    this.pitch = new Uint8Array(notes);
    this.velocity = new Uint8Array(notes);
    this.program = new Uint8Array(notes);
    this.firstStep = new Int32Array(notes);
    this.endStep = new Int32Array(notes);
  }
}

export const noteTable = new NoteTable();

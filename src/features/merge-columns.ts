/** More than music has, so that these arrays stay the ones that they are; what is never written takes no memory. */
const USUAL_NOTES = 2 ** 16;

/** Arrays to merge notes in. */
export class MergeColumns {
  /** Of the notes of one track after the other. */
  onset = new Float64Array(USUAL_NOTES);
  duration = new Float64Array(USUAL_NOTES);
  pitch = new Uint8Array(USUAL_NOTES);
  velocity = new Uint8Array(USUAL_NOTES);
  program = new Uint8Array(USUAL_NOTES);
  /** Of the notes by the lower digit of their onsets. */
  halfSortedOnset = new Int32Array(USUAL_NOTES);
  halfSortedOrder = new Uint32Array(USUAL_NOTES);
  /** Where each note of the tracks goes. */
  place = new Uint32Array(USUAL_NOTES);
  /** Of the notes in order. */
  sortedOnset = new Float64Array(USUAL_NOTES);
  sortedEnd = new Float64Array(USUAL_NOTES);
  sortedPitch = new Uint8Array(USUAL_NOTES);
  sortedVelocity = new Uint8Array(USUAL_NOTES);
  sortedProgram = new Uint8Array(USUAL_NOTES);

  reserve(notes: number): void {
    if (notes <= this.onset.length) return;
    this.onset = new Float64Array(notes);
    this.duration = new Float64Array(notes);
    this.pitch = new Uint8Array(notes);
    this.velocity = new Uint8Array(notes);
    this.program = new Uint8Array(notes);
    this.halfSortedOnset = new Int32Array(notes);
    this.halfSortedOrder = new Uint32Array(notes);
    this.place = new Uint32Array(notes);
    this.sortedOnset = new Float64Array(notes);
    this.sortedEnd = new Float64Array(notes);
    this.sortedPitch = new Uint8Array(notes);
    this.sortedVelocity = new Uint8Array(notes);
    this.sortedProgram = new Uint8Array(notes);
  }
}

/**
 * Notes of all tracks of one score, one track after the other, as the tokenizer changes them. Reused from score to
 * score, so that tokenizing allocates little. Entries from `length` on are garbage.
 */
export class NoteList {
  onset = new Int32Array(0);
  duration = new Int32Array(0);
  pitch = new Uint8Array(0);
  /** As in the file at first; an index into the velocity bins once the notes are prepared. */
  velocity = new Uint8Array(0);
  length = 0;

  /** Makes room for `count` more notes; arrays taken before are stale afterwards. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.onset.length) return;
    const capacity = Math.max(1024, needed, this.onset.length * 2);
    const { onset, duration, pitch, velocity } = this;
    this.onset = new Int32Array(capacity);
    this.duration = new Int32Array(capacity);
    this.pitch = new Uint8Array(capacity);
    this.velocity = new Uint8Array(capacity);
    this.onset.set(onset);
    this.duration.set(duration);
    this.pitch.set(pitch);
    this.velocity.set(velocity);
  }
}

/**
 * Notes of all tracks of one score, one track after the other, as the tokenizer changes them. Reused from score to
 * score, so that tokenizing allocates little. Entries from `length` on are garbage.
 */
export class NoteList {
  onset = new Int32Array(0);
  duration = new Int32Array(0);
  /** Pitch and velocity in one number, see `toneOf`; the velocity is an index into the bins once notes are prepared. */
  tone = new Uint16Array(0);
  length = 0;

  /** Makes room for `count` more notes; arrays taken before are stale afterwards. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.onset.length) return;
    const capacity = Math.max(1024, needed, this.onset.length * 2);
    const { onset, duration, tone } = this;
    this.onset = new Int32Array(capacity);
    this.duration = new Int32Array(capacity);
    this.tone = new Uint16Array(capacity);
    this.onset.set(onset);
    this.duration.set(duration);
    this.tone.set(tone);
  }
}

/** Both below 128. Tones are ordered by pitch, then by velocity. */
export function toneOf(pitch: number, velocity: number): number {
  return (pitch << 7) | velocity;
}

export function pitchOf(tone: number): number {
  return tone >>> 7;
}

export function velocityOf(tone: number): number {
  return tone & 127;
}

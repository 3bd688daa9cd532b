import { DRUMS, type MergedNotes } from './merged-notes.ts';

export interface Polyphony {
  /** Ticks during which at least one pitch sounds. */
  readonly soundingTicks: number;
  /** Ticks during which more than two pitches sound. */
  readonly denseTicks: number;
  /** Sum over pitches of the ticks that each sounds. */
  readonly pitchTicks: number;
  /** Most pitches that sound at once. */
  readonly most: number;
}

/**
 * How many different pitches sound at once; drums are left out. It counts what the binary piano roll of muspy counts
 * (`muspy.polyphony`, `muspy.polyphony_rate`), tick by tick, without making one, in one pass over the notes in order of
 * onset: between two onsets at least n pitches sound until the n-th latest end. Linear whatever the lengths and overlaps.
 */
export function measurePolyphony(notes: MergedNotes): Polyphony {
  const { count } = notes;
  const held = new HeldPitches();
  const latestEnds = new Float64Array(3);
  const latestPitches = new Int16Array(3).fill(-1);
  let soundingTicks = 0;
  let denseTicks = 0;
  let pitchTicks = 0;
  for (let i = 0; i < count; i++) {
    const onset = notes.onset[i] ?? 0;
    const end = notes.end[i] ?? 0;
    if (end > onset && notes.program[i] !== DRUMS) {
      const pitch = notes.pitch[i] ?? 0;
      pitchTicks += held.hold(pitch, onset, end);
      keepLatest(latestEnds, latestPitches, pitch, end);
    }
    const next = i + 1 < count ? (notes.onset[i + 1] ?? 0) : Number.POSITIVE_INFINITY;
    const first = latestEnds[0] ?? 0;
    const third = latestEnds[2] ?? 0;
    if (first > onset) soundingTicks += (first < next ? first : next) - onset;
    if (third > onset) denseTicks += (third < next ? third : next) - onset;
  }
  return { soundingTicks, denseTicks, pitchTicks, most: held.most };
}

/** Keeps the three latest ends of different pitches, the latest first; an end of 0 is no end. */
function keepLatest(ends: Float64Array, pitches: Int16Array, pitch: number, end: number): void {
  if (end <= (ends[2] ?? 0)) return;
  let slot = 2;
  if (pitches[0] === pitch) slot = 0;
  else if (pitches[1] === pitch) slot = 1;
  if (end <= (ends[slot] ?? 0)) return;
  while (slot > 0 && (ends[slot - 1] ?? 0) < end) {
    ends[slot] = ends[slot - 1] ?? 0;
    pitches[slot] = pitches[slot - 1] ?? 0;
    slot -= 1;
  }
  ends[slot] = end;
  pitches[slot] = pitch;
}

/** When each pitch ends, and the pitches that may sound: those that have ended are sorted out when it matters. */
class HeldPitches {
  most = 0;
  private size = 0;
  private readonly pitches = new Uint8Array(128);
  private readonly endOf = new Float64Array(128);

  /** Returns for how many of its ticks the pitch did not sound already. */
  hold(pitch: number, onset: number, end: number): number {
    const heldUntil = this.endOf[pitch] ?? 0;
    if (end <= heldUntil) return 0;
    this.endOf[pitch] = end;
    if (heldUntil === 0) {
      this.pitches[this.size] = pitch;
      this.size += 1;
      if (this.size > this.most) {
        this.releaseUntil(onset);
        if (this.size > this.most) this.most = this.size;
      }
    }
    return end - (heldUntil > onset ? heldUntil : onset);
  }

  private releaseUntil(tick: number): void {
    let kept = 0;
    for (let i = 0; i < this.size; i++) {
      const pitch = this.pitches[i] ?? 0;
      if ((this.endOf[pitch] ?? 0) <= tick) {
        this.endOf[pitch] = 0;
      } else {
        this.pitches[kept] = pitch;
        kept += 1;
      }
    }
    this.size = kept;
  }
}

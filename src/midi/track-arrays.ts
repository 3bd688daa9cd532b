import type { Controls, Notes, Pedals, PitchBends } from './score.ts';
import type { ControlColumns, NoteColumns } from './track-events.ts';
import type { WorkSpace } from './work-space.ts';

const NO_BUFFER = new ArrayBuffer(0);
const NO_DOUBLES = new Float64Array(0);
const NO_BYTES = new Uint8Array(0);
const NO_NOTES: Notes = { onset: NO_DOUBLES, duration: NO_DOUBLES, pitch: NO_BYTES, velocity: NO_BYTES };
const NO_CONTROLS: Controls = { tick: NO_DOUBLES, number: NO_BYTES, value: NO_BYTES };
const NO_PEDALS: Pedals = { onset: NO_DOUBLES, duration: NO_DOUBLES };
const NO_BENDS: PitchBends = { tick: NO_DOUBLES, value: new Int16Array(0) };

/**
 * The arrays of one score track: first the counts are raised, then `allocate` makes arrays of exactly that size, then they
 * are filled. All are views of one buffer, because making a buffer costs more than filling a short one.
 */
export class TrackArrays {
  noteCount = 0;
  controlCount = 0;
  pedalCount = 0;
  bendCount = 0;

  notes = NO_NOTES;
  controls = NO_CONTROLS;
  pedals = NO_PEDALS;
  pitchBends = NO_BENDS;

  private buffer = NO_BUFFER;
  private carved = 0;
  private notesFilled = 0;
  private controlsFilled = 0;
  private pedalsFilled = 0;
  private symusicPedals = NO_PEDALS;
  private isPedalLeftDown = false;
  /** End of what symusic takes for a first pedal from tick 0, -1 where there is none; and whether there is no such pedal at all. */
  private endFromZero = -1;
  private isOnlySymusics = false;
  private bendsFilled = 0;

  get isEmpty(): boolean {
    return this.noteCount + this.controlCount + this.bendCount === 0;
  }

  countPedalLeftDown(): void {
    this.pedalCount += 1;
    this.isPedalLeftDown = true;
  }

  /** Notes that symusic takes a pedal-off for the end of a pedal from tick 0; it was down since `since`, -1 for not at all. */
  takePedalFromZero(since: number, end: number): void {
    this.endFromZero = end;
    this.isOnlySymusics = since < 0;
  }

  /** Doubles come first in the buffer, then shorts, then bytes: that aligns them. */
  allocate(memory: WorkSpace): void {
    const { noteCount, controlCount, pedalCount, bendCount } = this;
    const size = 18 * noteCount + 10 * controlCount + 16 * (pedalCount + this.symusicCount) + 10 * bendCount;
    const { buffer, offset } = memory.bytes(size);
    this.buffer = buffer;
    this.carved = offset;
    const onset = this.doubles(noteCount);
    const duration = this.doubles(noteCount);
    const tick = this.doubles(controlCount);
    if (pedalCount > 0) this.pedals = { onset: this.doubles(pedalCount), duration: this.doubles(pedalCount) };
    if (this.symusicCount > 0) {
      this.symusicPedals = { onset: this.doubles(this.symusicCount), duration: this.doubles(this.symusicCount) };
    }
    if (bendCount > 0) this.pitchBends = { tick: this.doubles(bendCount), value: this.shorts(bendCount) };
    if (noteCount > 0) this.notes = { onset, duration, pitch: this.bytes(noteCount), velocity: this.bytes(noteCount) };
    if (controlCount > 0) this.controls = { tick, number: this.bytes(controlCount), value: this.bytes(controlCount) };
  }

  addNote(columns: NoteColumns, index: number): void {
    const { onset, duration, pitch, velocity } = this.notes;
    const note = this.notesFilled++;
    onset[note] = columns.onset[index] as number;
    duration[note] = columns.duration[index] as number;
    pitch[note] = columns.pitch[index] as number;
    velocity[note] = columns.velocity[index] as number;
  }

  /** Takes all notes of a track that has no other group: four copies instead of a loop. */
  addAllNotes({ onset, duration, pitch, velocity, count }: NoteColumns): void {
    if (count === 0) return;
    this.notes.onset.set(onset.subarray(1, count + 1));
    this.notes.duration.set(duration.subarray(1, count + 1));
    this.notes.pitch.set(pitch.subarray(1, count + 1));
    this.notes.velocity.set(velocity.subarray(1, count + 1));
  }

  addControl(columns: ControlColumns, index: number): void {
    const { tick, number, value } = this.controls;
    const control = this.controlsFilled++;
    tick[control] = columns.tick[index] as number;
    number[control] = columns.first[index] as number;
    value[control] = columns.second[index] as number;
  }

  addPedal(onset: number, end: number): void {
    const pedal = this.pedalsFilled++;
    this.pedals.onset[pedal] = onset;
    this.pedals.duration[pedal] = end - onset;
  }

  /** Lets the pedal that stayed down last to `endTick`. Returns the pedals that symusic reads, `undefined` for the same. */
  finishPedals(endTick: number): Pedals | undefined {
    if (!this.isPedalLeftDown && this.endFromZero < 0) return undefined;
    const { pedals, symusicPedals, symusicCount } = this;
    const extra = this.isOnlySymusics ? 1 : 0;
    for (let i = extra; i < symusicCount; i++) {
      symusicPedals.onset[i] = pedals.onset[i - extra] as number;
      symusicPedals.duration[i] = pedals.duration[i - extra] as number;
    }
    if (this.endFromZero >= 0) {
      symusicPedals.onset[0] = 0;
      symusicPedals.duration[0] = this.endFromZero;
    }
    const last = pedals.onset.length - 1;
    if (this.isPedalLeftDown) pedals.duration[last] = endTick - (pedals.onset[last] as number);
    return symusicPedals;
  }

  /** How many pedals symusic reads, where those are others. */
  private get symusicCount(): number {
    if (!this.isPedalLeftDown && this.endFromZero < 0) return 0;
    return this.pedalCount - (this.isPedalLeftDown ? 1 : 0) + (this.isOnlySymusics ? 1 : 0);
  }

  addBend(columns: ControlColumns, index: number): void {
    const bend = this.bendsFilled++;
    this.pitchBends.tick[bend] = columns.tick[index] as number;
    const value = (columns.first[index] as number) | ((columns.second[index] as number) << 7);
    this.pitchBends.value[bend] = value - 8192;
  }

  private doubles(length: number): Float64Array {
    return length === 0 ? NO_DOUBLES : new Float64Array(this.buffer, this.carve(8 * length), length);
  }

  private shorts(length: number): Int16Array {
    return new Int16Array(this.buffer, this.carve(2 * length), length);
  }

  private bytes(length: number): Uint8Array {
    return new Uint8Array(this.buffer, this.carve(length), length);
  }

  private carve(byteLength: number): number {
    const start = this.carved;
    this.carved += byteLength;
    return start;
  }
}

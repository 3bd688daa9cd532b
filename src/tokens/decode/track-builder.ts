interface Note {
  readonly onset: number;
  /** Negative while the note still sounds. */
  duration: number;
  readonly pitch: number;
  readonly velocity: number;
}

interface Pedal {
  readonly onset: number;
  readonly end: number;
}

interface PitchBend {
  readonly tick: number;
  readonly value: number;
}

/** Notes, pedals and pitch bends of one track as they are read. */
export class TrackBuilder {
  /** -1 is drums. */
  readonly program: number;
  readonly #notes: Note[] = [];
  readonly #pedals: Pedal[] = [];
  readonly #bends: PitchBend[] = [];
  /** Sounding notes by pitch, first come first. */
  readonly #sounding = new Map<number, Note[]>();
  #pedalDown: number | undefined;

  constructor(program: number) {
    this.program = program;
  }

  get isDrum(): boolean {
    return this.program === -1;
  }

  addNote(onset: number, duration: number, pitch: number, velocity: number): void {
    this.#notes.push({ onset, duration, pitch, velocity });
  }

  startNote(onset: number, pitch: number, velocity: number): void {
    const note: Note = { onset, duration: -1, pitch, velocity };
    this.#notes.push(note);
    const sounding = this.#sounding.get(pitch);
    if (sounding === undefined) this.#sounding.set(pitch, [note]);
    else sounding.push(note);
  }

  /** Ends the note of this pitch that sounds longest; returns when it began, `undefined` where none sounds. */
  endNote(tick: number, pitch: number): void {
    const note = this.#sounding.get(pitch)?.shift();
    if (note !== undefined) note.duration = Math.max(0, tick - note.onset);
  }

  pressPedal(tick: number): void {
    this.#pedalDown ??= tick;
  }

  releasePedal(tick: number): void {
    if (this.#pedalDown !== undefined)
      this.#pedals.push({ onset: this.#pedalDown, end: Math.max(this.#pedalDown, tick) });
    this.#pedalDown = undefined;
  }

  addBend(tick: number, value: number): void {
    this.#bends.push({ tick, value });
  }

  /** By onset, otherwise as read; without those that never ended. */
  sortedNotes(): readonly Note[] {
    return this.#notes.filter((note) => note.duration >= 0).sort((a, b) => a.onset - b.onset);
  }

  sortedPedals(): readonly Pedal[] {
    return this.#pedals.sort((a, b) => a.onset - b.onset);
  }

  sortedBends(): readonly PitchBend[] {
    return this.#bends.sort((a, b) => a.tick - b.tick);
  }
}

import type { PlayableNotes } from '../../report/page-data.ts';

export interface Note {
  /** Seconds. */
  readonly start: number;
  readonly length: number;
  readonly pitch: number;
  readonly velocity: number;
  /** General MIDI program, -1 for drums. */
  readonly program: number;
}

const NOTE_BYTES = 8;

/** By start. The layout is that of `PlayableNotes`. */
export function readNotes({ notes, programs }: PlayableNotes): readonly Note[] {
  const bytes = Uint8Array.from(atob(notes), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: Math.floor(bytes.length / NOTE_BYTES) }, (_, note) => {
    const at = note * NOTE_BYTES;
    return {
      start: view.getUint16(at, true) / 100,
      length: view.getUint16(at + 2, true) / 100,
      pitch: view.getUint8(at + 4),
      velocity: view.getUint8(at + 5),
      program: programs[view.getUint8(at + 6)] ?? 0,
    };
  });
}

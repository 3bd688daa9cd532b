import type { KnownPiece } from './style.ts';

export type WrongKind = 'key' | 'tempo' | 'meter' | 'instrument' | 'duration';

const TONICS = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
const SAME: Readonly<Record<string, string>> = { 'C#': 'Db', 'D#': 'Eb', Gb: 'F#', 'G#': 'Ab', 'A#': 'Bb' };
/** Semitones up to keys that share few notes with the one that is left. */
const FAR = [1, 3, 4, 6, 8, 10, 11];
const OTHERS = ['flute', 'violin', 'trumpet', 'acoustic guitar', 'cello', 'clarinet', 'church organ'];

/** A piece of which one thing is told wrongly: far enough that a listener would object. */
export function makeWrong(
  piece: KnownPiece,
  random: () => number,
): { readonly piece: KnownPiece; readonly kind: WrongKind } {
  const pick = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0];
  const kind = pick(['key', 'tempo', 'meter', 'instrument', 'duration'] as const);
  switch (kind) {
    case 'key': {
      const from = TONICS.indexOf(SAME[piece.tonic] ?? piece.tonic);
      const up = FAR[Math.floor(random() * FAR.length)] ?? 6;
      return { kind, piece: { ...piece, tonic: TONICS[(from + up) % 12] ?? 'C' } };
    }
    case 'tempo': {
      // Neither the half nor the double, and across a word: slow for fast, fast for slow.
      const bpm = piece.bpm < 95 ? piece.bpm * (1.55 + random() * 0.2) : piece.bpm * (0.55 + random() * 0.06);
      return { kind, piece: { ...piece, bpm: Math.round(bpm) } };
    }
    case 'meter':
      return { kind, piece: { ...piece, meter: piece.meter.startsWith('3') ? '4/4' : '3/4' } };
    case 'instrument':
      return { kind, piece: { ...piece, instruments: [OTHERS[Math.floor(random() * OTHERS.length)] ?? 'flute'] } };
    case 'duration':
      return { kind, piece: { ...piece, seconds: Math.round(piece.seconds * (random() < 0.5 ? 0.45 : 1.9)) } };
  }
}

/** Chord roots by pitch class, as MidiCaps and POP909 write them. */
export const CHORD_ROOTS = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'] as const;

/** Tonics by pitch class, each in the spelling with the fewest accidentals in its key signature. */
const MAJOR_TONICS = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'] as const;
const MINOR_TONICS = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'G#', 'A', 'Bb', 'B'] as const;

/** Keys by number of sharps from -7 (seven flats) to 7. */
const MAJOR_BY_SHARPS = ['Cb', 'Gb', 'Db', 'Ab', 'Eb', 'Bb', 'F', 'C', 'G', 'D', 'A', 'E', 'B', 'F#', 'C#'] as const;
const MINOR_BY_SHARPS = ['Ab', 'Eb', 'Bb', 'F', 'C', 'G', 'D', 'A', 'E', 'B', 'F#', 'C#', 'G#', 'D#', 'A#'] as const;

/** Name of a key by the pitch class of its tonic, 0 (C) to 11. */
export function keyName(tonic: number, minor: boolean): string {
  return minor ? `${MINOR_TONICS[tonic] ?? 'C'} minor` : `${MAJOR_TONICS[tonic] ?? 'C'} major`;
}

/** Name of the key that a MIDI key signature states. */
export function keySignatureName(sharps: number, minor: boolean): string {
  const names = minor ? MINOR_BY_SHARPS : MAJOR_BY_SHARPS;
  return `${names[sharps + 7] ?? (minor ? 'A' : 'C')} ${minor ? 'minor' : 'major'}`;
}

import { pick } from '../pick.ts';

interface Key {
  readonly tonic: string;
  readonly mode: 'major' | 'minor';
}

const degrees: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const sharpNames = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];
const flatNames = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];

export function pitchClass(tonic: string): number {
  const accidental = tonic.endsWith('#') ? 1 : tonic.endsWith('b') ? -1 : 0;
  return ((degrees[tonic.charAt(0)] ?? 0) + accidental + 12) % 12;
}

/** As one writes a key within a sentence: "F-sharp minor", "E♭ major", "d minor". */
export function keyInProse({ tonic, mode }: Key, random: () => number): string {
  const name = pick(accidentalSpellings(tonic), random) ?? tonic;
  const roll = random();
  if (roll < 0.1) return `${name} ${mode === 'major' ? 'Major' : 'Minor'}`;
  if (roll < 0.15) return `${name}-${mode}`;
  if (roll < 0.2 && mode === 'minor' && tonic !== 'A') return `${name.charAt(0).toLowerCase()}${name.slice(1)} minor`;
  return `${name} ${mode}`;
}

/** As one writes a key beside the word "key": "F#m", "Eb", "D min", "Gb/F# minor". */
export function keyInShort({ tonic, mode }: Key, random: () => number): string {
  const name = random() < 0.2 ? tonic.replace('#', '♯').replace('b', '♭') : tonic;
  const forms =
    mode === 'major'
      ? [name, `${name} maj`, `${name}maj`, `${name} Maj`, `${name} major`, `${name} Major`, `${name}:maj`]
      : [`${name}m`, `${name} min`, `${name}min`, `${name} Min`, `${name} minor`, `${name} Minor`, `${name}:min`];
  const other = otherName(tonic);
  if (other !== undefined && random() < 0.1) return `${tonic}/${other} ${mode}`;
  return pick(forms, random) ?? name;
}

/** The code that disc jockeys use, "8A" for A minor. */
export function camelotCode({ tonic, mode }: Key): string {
  const fifths = (pitchClass(tonic) * 7 + (mode === 'major' ? 8 : 5)) % 12;
  return `${fifths === 0 ? 12 : fifths}${mode === 'major' ? 'B' : 'A'}`;
}

/** The same key by its other name, "Gb" for "F#". */
function otherName(tonic: string): string | undefined {
  if (tonic.length === 1) return undefined;
  return (tonic.endsWith('#') ? flatNames : sharpNames)[pitchClass(tonic)];
}

function accidentalSpellings(tonic: string): readonly string[] {
  const letter = tonic.charAt(0);
  if (tonic.endsWith('#')) return [tonic, `${letter} sharp`, `${letter}-sharp`, `${letter}♯`];
  if (tonic.endsWith('b')) return [tonic, `${letter} flat`, `${letter}-flat`, `${letter}♭`];
  return [tonic];
}

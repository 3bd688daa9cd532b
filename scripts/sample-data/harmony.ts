/** Semitones above the root. */
const QUALITIES: Readonly<Record<string, readonly number[]>> = {
  '': [0, 4, 7],
  m: [0, 3, 7],
  '5': [0, 7],
  '6': [0, 4, 7, 9],
  m6: [0, 3, 7, 9],
  '7': [0, 4, 7, 10],
  maj7: [0, 4, 7, 11],
  m7: [0, 3, 7, 10],
  m7b5: [0, 3, 6, 10],
  dim7: [0, 3, 6, 9],
  sus4: [0, 5, 7],
  add9: [0, 2, 4, 7],
  '9': [0, 4, 10, 14],
  m9: [0, 3, 10, 14],
  maj9: [0, 4, 11, 14],
  '13': [0, 4, 10, 21],
  '7b9': [0, 4, 10, 13],
};

/** Semitones above the tonic, and how many sharps more than the major key of the tonic the signature has. */
const MODES: Readonly<Record<string, { readonly steps: readonly number[]; readonly sharps: number }>> = {
  major: { steps: [0, 2, 4, 5, 7, 9, 11], sharps: 0 },
  minor: { steps: [0, 2, 3, 5, 7, 8, 10], sharps: -3 },
  dorian: { steps: [0, 2, 3, 5, 7, 9, 10], sharps: -2 },
  mixolydian: { steps: [0, 2, 4, 5, 7, 9, 10], sharps: -1 },
  phrygian: { steps: [0, 1, 3, 5, 7, 8, 10], sharps: -4 },
  hijaz: { steps: [0, 1, 4, 5, 7, 8, 10], sharps: -4 },
  pentatonic: { steps: [0, 2, 4, 7, 9], sharps: 0 },
  blues: { steps: [0, 3, 5, 6, 7, 10], sharps: -3 },
};

const LETTERS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const FIFTHS = ['F', 'C', 'G', 'D', 'A', 'E', 'B'];

export interface Chord {
  /** Pitch class of the lowest note: the root, or what follows the slash. */
  readonly bass: number;
  readonly root: number;
  /** Pitch classes, from the root up. */
  readonly tones: readonly number[];
}

/** Reads a chord symbol such as `Am7` or `C/E`. */
export function parseChord(symbol: string): Chord {
  const [, name = '', quality = '', slash] = /^([A-G][#b]?)([^/]*)(?:\/([A-G][#b]?))?$/.exec(symbol) ?? [];
  const intervals = QUALITIES[quality];
  if (name === '' || intervals === undefined) throw new Error(`not a chord: ${symbol}`);
  const root = pitchClass(name);
  return {
    root,
    bass: slash === undefined ? root : pitchClass(slash),
    tones: intervals.map((interval) => (root + interval) % 12),
  };
}

/** `C` is 0, `F#` is 6, `Bb` is 10. */
function pitchClass(name: string): number {
  const accidental = name.endsWith('#') ? 1 : name.endsWith('b') ? 11 : 0;
  return ((LETTERS[name.charAt(0)] ?? 0) + accidental) % 12;
}

/** MIDI pitch of a name such as `F#4`; `C4` is 60. */
export function parsePitch(name: string): number {
  const [, note = '', octave = ''] = /^([A-G][#b]?)(-?\d)$/.exec(name) ?? [];
  if (note === '') throw new Error(`not a pitch: ${name}`);
  const letter = LETTERS[note.charAt(0)] ?? 0;
  const accidental = note.endsWith('#') ? 1 : note.endsWith('b') ? -1 : 0;
  return 12 * (Number(octave) + 1) + letter + accidental;
}

/** Pitch classes of a key such as `E dorian`. */
export function scaleOf(key: string): number[] {
  const { tonic, mode } = readKey(key);
  return mode.steps.map((step) => (pitchClass(tonic) + step) % 12);
}

/** Sharps (flats below 0) of the key's signature, and whether it is minor; `undefined` for modes that have no signature. */
export function signatureOf(key: string): { readonly sharps: number; readonly minor: boolean } | undefined {
  const { tonic, name, mode } = readKey(key);
  if (name === 'hijaz') return undefined;
  const accidentals = tonic.endsWith('#') ? 7 : tonic.endsWith('b') ? -7 : 0;
  const sharps = FIFTHS.indexOf(tonic.charAt(0)) - 1 + accidentals + mode.sharps;
  return { sharps, minor: mode.steps[2] === 3 || name === 'blues' };
}

function readKey(key: string) {
  const [tonic = '', name = ''] = key.split(' ');
  const mode = MODES[name];
  if (mode === undefined) throw new Error(`not a key: ${key}`);
  return { tonic, name, mode };
}

/** The scale with each step that is a semitone from a foreign chord tone replaced by that tone: E7 in A minor has G#, not G. */
export function scaleAt(scale: readonly number[], chord: Chord): number[] {
  const foreign = chord.tones.filter((tone) => !scale.includes(tone));
  const kept = scale.filter(
    (step) =>
      chord.tones.includes(step) ||
      !foreign.some((tone) => (tone - step + 12) % 12 === 1 || (step - tone + 12) % 12 === 1),
  );
  return [...kept, ...foreign].sort((a, b) => a - b);
}

/** The pitch of one of the pitch classes that is nearest to `target`, within `low` to `high`; ties go up. */
export function nearest(classes: readonly number[], target: number, low = 0, high = 127): number {
  for (let distance = 0; distance < 128; distance++) {
    for (const pitch of [target + distance, target - distance]) {
      if (pitch >= low && pitch <= high && classes.includes(((pitch % 12) + 12) % 12)) return pitch;
    }
  }
  throw new Error(`no pitch of ${classes.join()} between ${low} and ${high}`);
}

/** The next pitch of the scale above (`direction` 1) or below (-1). */
export function nextStep(scale: readonly number[], pitch: number, direction: number): number {
  let reached = pitch + direction;
  while (!scale.includes(((reached % 12) + 12) % 12)) reached += direction;
  return reached;
}

/**
 * The close position of a chord, lowest note at `low` or above, that moves least from the previous voicing; the first one
 * is near the middle of the register. Each rotation of the tones is tried.
 */
export function voice(chord: Chord, previous: readonly number[] | undefined, low: number, high: number): number[] {
  const goal = previous ?? chord.tones.map(() => (low + high) / 2);
  let best: number[] = [];
  let leastMotion = Number.POSITIVE_INFINITY;
  for (let start = low; start < low + 12; start++) {
    const rotation = chord.tones.indexOf(start % 12);
    if (rotation < 0) continue;
    const voicing = closePosition([...chord.tones.slice(rotation), ...chord.tones.slice(0, rotation)], start);
    const motion = voicing.reduce((sum, pitch, at) => sum + Math.abs(pitch - (goal[at] ?? goal.at(-1) ?? pitch)), 0);
    const excess = Math.max(0, (voicing.at(-1) ?? 0) - high);
    if (motion + 10 * excess < leastMotion) {
      leastMotion = motion + 10 * excess;
      best = voicing;
    }
  }
  return best;
}

function closePosition(tones: readonly number[], start: number): number[] {
  const voicing: number[] = [];
  let pitch = start;
  for (const tone of tones) {
    while (pitch % 12 !== tone) pitch++;
    voicing.push(pitch);
  }
  return voicing;
}

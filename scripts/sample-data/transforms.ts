import { seededRandom } from '../../test/seeded-random.ts';
import { type Frame, scaleNow } from './frame.ts';
import { nextStep } from './harmony.ts';
import type { Change, Note } from './score.ts';

/** The notes some quarter notes later and semitones higher. */
export function shift(notes: readonly Note[], quarters: number, semitones = 0): Note[] {
  return notes.map((note) => ({ ...note, at: note.at + quarters, pitch: note.pitch + semitones }));
}

/** The notes that start within `from` to `to`. */
export function within(notes: readonly Note[], from: number, to: number): Note[] {
  return notes.filter((note) => note.at >= from - 1e-6 && note.at < to - 1e-6);
}

export function gate(notes: readonly Note[], share: number): Note[] {
  return notes.map((note) => ({ ...note, length: note.length * share }));
}

/** Each note with another some scale steps below (negative) or above it. */
export function harmonize(frame: Frame, notes: readonly Note[], steps: number, softer = 12): Note[] {
  return notes.map((note) => {
    const scale = scaleNow(frame, note.at);
    let { pitch } = note;
    for (let step = 0; step < Math.abs(steps); step++) pitch = nextStep(scale, pitch, Math.sign(steps));
    return { ...note, pitch, velocity: note.velocity - softer };
  });
}

/** Delays every second note of a grid: with `grid` 0.5 and `share` 2/3, straight eighths become swung ones. */
export function swing(notes: readonly Note[], share: number, grid = 0.5): Note[] {
  const warp = (time: number) => {
    const pair = Math.floor(time / (2 * grid) + 1e-9);
    const inside = time / (2 * grid) - pair;
    const warped = inside < 0.5 ? inside * 2 * share : share + (inside - 0.5) * 2 * (1 - share);
    return (pair + warped) * 2 * grid;
  };
  return notes.map((note) => ({ ...note, at: warp(note.at), length: warp(note.at + note.length) - warp(note.at) }));
}

/** Small deviations of time (in quarter notes, at most) and velocity, as of a hand. No note ends later than before. */
export function humanize(notes: readonly Note[], seed: number, timing = 0.015, velocity = 6): Note[] {
  const random = seededRandom(seed);
  return notes.map((note) => ({
    ...note,
    at: Math.max(0, note.at + (2 * random() - 1) * timing),
    length: Math.max(0.05, note.length - timing),
    velocity: clampVelocity(note.velocity + (2 * random() - 1) * velocity),
  }));
}

/** Adds to the velocities along straight lines between the points. */
export function dynamics(notes: readonly Note[], points: readonly Change<number>[]): Note[] {
  return notes.map((note) => ({ ...note, velocity: clampVelocity(note.velocity + valueAt(points, note.at)) }));
}

/** Accents the first beat of each bar. */
export function accent(notes: readonly Note[], barLength: number, by = 10): Note[] {
  return notes.map((note) => {
    const isFirst = Math.abs(note.at / barLength - Math.round(note.at / barLength)) < 1e-6;
    return isFirst ? { ...note, velocity: clampVelocity(note.velocity + by) } : note;
  });
}

/** Spreads the notes of a chord, lowest first, by `delay` quarter notes each. */
export function strum(notes: readonly Note[], delay: number): Note[] {
  return notes.map((note) => {
    const below = notes.filter((other) => other.at === note.at && other.pitch < note.pitch).length;
    return { ...note, at: note.at + below * delay, length: note.length - below * delay };
  });
}

/** The value at a time on straight lines between points. */
export function valueAt(points: readonly Change<number>[], at: number): number {
  const next = points.findIndex(([time]) => time > at);
  const [laterTime, later] = (next < 0 ? points.at(-1) : points[next]) ?? [0, 0];
  const [time, value] = points[(next < 0 ? points.length : next) - 1] ?? [laterTime, later];
  return laterTime === time ? value : value + ((later - value) * (at - time)) / (laterTime - time);
}

function clampVelocity(velocity: number): number {
  return Math.max(1, Math.min(127, Math.round(velocity)));
}

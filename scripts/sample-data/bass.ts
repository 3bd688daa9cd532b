import { seededRandom } from '../../test/seeded-random.ts';
import { chordAt, type Frame, scaleNow } from './frame.ts';
import { nearest } from './harmony.ts';
import type { Note } from './score.ts';

/** A walking bass in quarter notes: the root where a chord begins, chord or scale tones between, a step into the next root. */
export function walkingBass(
  frame: Frame,
  seed: number,
  range: readonly [number, number] = [31, 52],
  velocity = 84,
): Note[] {
  const random = seededRandom(seed);
  const [low, high] = range;
  let pitch = Math.round((low + high) / 2);
  return Array.from({ length: Math.floor(frame.length) }, (_, at) => {
    const chord = chordAt(frame, at);
    const next = chordAt(frame, at + 1);
    if (at === 0 || chord !== chordAt(frame, at - 1)) {
      pitch = nearest([chord.bass], pitch, low, high);
    } else if (next !== chord) {
      const goal = nearest([next.bass], pitch, low, high);
      pitch = goal + (goal > low + 2 && random() < 0.5 ? -1 : 1);
    } else {
      const tones = random() < 0.65 ? chord.tones : scaleNow(frame, at);
      const direction = pitch > high - 5 ? -1 : pitch < low + 5 ? 1 : random() < 0.5 ? 1 : -1;
      pitch = nearest(tones, pitch + 3 * direction, low, high);
    }
    return { at, length: 0.95, pitch, velocity };
  });
}

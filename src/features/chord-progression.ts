import { scratch } from './scratch.ts';
export interface Progression {
  /** The chords of the progression. */
  readonly chords: readonly number[];
  /** How often it is played. */
  readonly count: number;
}

/**
 * The most frequent progression, by the rule of MidiCaps (`chord_summary`; Melechovsky et al., ISMIR 2024): of the most
 * frequent runs of three, four and five chords that do not end as they begin, the longest that is frequent enough. Four
 * chords that are two chords twice are given as two. Of equally frequent runs the one heard first counts.
 * `chords` are the chord changes.
 */
export function mostFrequentProgression(chords: Int16Array): Progression {
  const three = mostFrequentRun(chords, 3);
  const four = mostFrequentRun(chords, 4);
  const five = mostFrequentRun(chords, 5);
  const total = three.count + four.count + five.count;
  if (five.count > 0.25 * total && five.count > 0.79 * four.count) return five;
  if (four.count > 0.3 * total && four.count > 0.79 * three.count) return withoutRepeat(four);
  return [three, four, five].find((run) => run.count > 0) ?? opening(chords);
}

/** Counts runs in an open hash table, at most half full, of where each was heard first. */
function mostFrequentRun(chords: Int16Array, length: number): Progression {
  const mask = 2 ** (33 - Math.clz32(chords.length)) - 1;
  /** Start plus one; 0 is free. */
  const firstStarts = scratch.int32(mask + 1);
  const counts = scratch.int32(mask + 1);
  let best = 0;
  let most = 0;
  for (let start = 0; start + length <= chords.length; start++) {
    if (chords[start] === chords[start + length - 1]) continue;
    let slot = hashOf(chords, start, length) & mask;
    while (firstStarts[slot] !== 0 && !isSameRun(chords, (firstStarts[slot] ?? 0) - 1, start, length)) {
      slot = (slot + 1) & mask;
    }
    const count = (counts[slot] ?? 0) + 1;
    counts[slot] = count;
    if (count === 1) firstStarts[slot] = start + 1;
    const first = (firstStarts[slot] ?? 0) - 1;
    if (count > most || (count === most && first < best)) [best, most] = [first, count];
  }
  return { chords: Array.from(chords.subarray(best, most > 0 ? best + length : best)), count: most };
}

function hashOf(chords: Int16Array, start: number, length: number): number {
  let hash = 0;
  for (let i = start; i < start + length; i++) hash = Math.imul(hash + (chords[i] ?? 0) + 1, 0x9e3779b1);
  return hash ^ (hash >>> 15);
}

function isSameRun(chords: Int16Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (chords[a + i] !== chords[b + i]) return false;
  return true;
}

/** Where no run of three chords goes anywhere: the first two chords. */
function opening(chords: Int16Array): Progression {
  return { chords: Array.from(chords.subarray(0, 2)), count: Math.min(1, chords.length) };
}

function withoutRepeat(run: Progression): Progression {
  const [a, b, c, d] = run.chords;
  return a === c && b === d ? { ...run, chords: run.chords.slice(0, 2) } : run;
}

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
 * `chords` are the chord changes, numbers below 128.
 */
export function mostFrequentProgression(chords: Int16Array): Progression {
  const three = mostFrequentRun(chords, 3);
  const four = mostFrequentRun(chords, 4);
  const five = mostFrequentRun(chords, 5);
  const total = three.count + four.count + five.count;
  if (five.count > 0.25 * total && five.count > 0.79 * four.count) return progressionOf(chords, five);
  if (four.count > 0.3 * total && four.count > 0.79 * three.count) return withoutRepeat(progressionOf(chords, four));
  const run = [three, four, five].find(({ count }) => count > 0);
  return run === undefined ? opening(chords) : progressionOf(chords, run);
}

interface Run {
  /** Where it is heard first. */
  readonly start: number;
  readonly length: number;
  readonly count: number;
}

function progressionOf(all: Int16Array, { start, length, count }: Run): Progression {
  const chords: number[] = [];
  for (let i = start; i < start + length; i++) chords.push(all[i] as number);
  return { chords, count };
}

/** An open hash table of runs, at most half full. */
class RunTable {
  /** The chords of each run as one number, plus one; 0 is free. */
  keys = new Float64Array(2 ** 16);
  /** Where it was heard first. */
  starts = new Int32Array(2 ** 16);
  counts = new Int32Array(2 ** 16);

  /** Makes it empty, with `size` places. */
  clear(size: number): void {
    if (size > this.keys.length) {
      this.keys = new Float64Array(size);
      this.starts = new Int32Array(size);
      this.counts = new Int32Array(size);
    }
    this.keys.fill(0, 0, size);
    this.counts.fill(0, 0, size);
  }
}

const runs = new RunTable();

function mostFrequentRun(chords: Int16Array, length: number): Run {
  const size = 2 ** (33 - Math.clz32(chords.length));
  runs.clear(size);
  const { keys, starts, counts } = runs;
  const mask = size - 1;
  let best = 0;
  let most = 0;
  /** The last four chords, of seven bits each. */
  let lastFour = 0;
  const asked = length < 4 ? 0x1fffff : 0xfffffff;
  for (let end = 0; end < chords.length; end++) {
    lastFour = ((lastFour << 7) | (chords[end] as number)) & 0xfffffff;
    const start = end - length + 1;
    if (start < 0) continue;
    const first = chords[start] as number;
    if (first === chords[end]) continue;
    const low = lastFour & asked;
    const key = (length > 4 ? first * 2 ** 28 : 0) + low + 1;
    let slot = hashOf(low, first) & mask;
    while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
    if (keys[slot] === 0) starts[slot] = start;
    keys[slot] = key;
    const count = (counts[slot] as number) + 1;
    counts[slot] = count;
    const earliest = starts[slot] as number;
    if (count > most || (count === most && earliest < best)) {
      best = earliest;
      most = count;
    }
  }
  return { start: best, length, count: most };
}

const hashOf = (low: number, first: number): number => {
  const hash = Math.imul(low + Math.imul(first + 1, 0x85ebca6b), 0x9e3779b1);
  return hash ^ (hash >>> 15);
};

/** Where no run of three chords goes anywhere: the first two chords. */
function opening(chords: Int16Array): Progression {
  return { chords: Array.from(chords.subarray(0, 2)), count: Math.min(1, chords.length) };
}

function withoutRepeat(run: Progression): Progression {
  const [a, b, c, d] = run.chords;
  return a === c && b === d ? { ...run, chords: run.chords.slice(0, 2) } : run;
}

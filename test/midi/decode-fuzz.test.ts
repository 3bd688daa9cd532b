import { describe, expect, it } from 'vitest';
import { barTicks, meterSpans } from '../../src/midi/bars.ts';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { createTempoMap } from '../../src/midi/tempo-map.ts';
import { problemsOf } from './check-score.ts';
import { listMidiFiles, readMidi, skipReason } from './shared-data.ts';

/** `FUZZ_RUNS=200000 npx vitest run test/midi/decode-fuzz.test.ts` is the long form; `FUZZ_SEED` picks another walk. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 5000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const LARGEST_SEED_FILE = 40_000;
/** Of CPU time, because tests share their cores. */
const SLOWEST_MILLISECONDS = 1000;

describe.skipIf(skipReason !== undefined)('the decoder on mutated files', () => {
  it(`ends soon, with a sound score or a typed refusal, ${RUNS} times (seed ${SEED})`, { timeout: 3_600_000 }, () => {
    console.log(`fuzzing: ${RUNS} runs, seed ${SEED}`);
    const files = [
      ...listMidiFiles('midi/synthetic'),
      ...listMidiFiles('midi/tonejs'),
      ...listMidiFiles('midi/miditok'),
    ]
      .concat(listMidiFiles('midi/pop909').slice(0, 20))
      .map(readMidi)
      .filter((bytes) => bytes.length <= LARGEST_SEED_FILE);
    const codes = new Map<string, number>();
    for (let run = 0; run < RUNS; run++) {
      const random = randomOf(SEED * 1_000_003 + run);
      const bytes = mutated(files, random);
      const where = `seed ${SEED}, run ${run}`;
      const start = process.cpuUsage();
      const outcome = decodeMidi(bytes);
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1000, where).toBeLessThan(SLOWEST_MILLISECONDS);
      const code = outcome.ok ? 'read' : outcome.error.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (!outcome.ok) continue;
      const problems = problemsOf(outcome.score);
      const { score } = outcome;
      if (!Number.isFinite(createTempoMap(score).secondsAt(score.endTick))) problems.push('duration');
      if (!barTicks(meterSpans(score)).every(Number.isFinite)) problems.push('bars');
      if (problems.length > 0) throw new Error(`${where}: ${problems.slice(0, 5).join('; ')}`);
    }
    console.log(Object.fromEntries([...codes].sort()));
    expect([...codes.keys()].filter((code) => code !== 'read' && !/^midi_(?!internal)/.test(code))).toEqual([]);
    expect(codes.get('read')).toBeGreaterThan(RUNS / 10);
    expect(codes.size).toBeGreaterThan(4);
  });
});

type Random = (below: number) => number;

/** mulberry32: a seeded generator of integers from 0. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Bytes that mean something to a reader: limits of lengths and data, statuses, meta types. */
const TELLING_BYTES = [0, 1, 0x40, 0x7f, 0x80, 0x81, 0x90, 0xb0, 0xc0, 0xe0, 0xf0, 0xf4, 0xf7, 0xff, 0x2f, 0x51, 0x58];

function mutated(files: readonly Uint8Array[], random: Random): Uint8Array {
  const pick = () => files[random(files.length)] ?? new Uint8Array(0);
  let bytes = Uint8Array.from(pick());
  for (let i = 0; i <= random(6); i++) bytes = mutatedOnce(bytes, pick, random);
  return bytes;
}

function mutatedOnce(bytes: Uint8Array<ArrayBuffer>, pick: () => Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  const at = random(bytes.length + 1);
  const length = random(2) === 0 ? random(8) : random(bytes.length - at + 1);
  switch (random(8)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      return bytes;
    case 1:
      bytes[at] = TELLING_BYTES[random(TELLING_BYTES.length)] ?? 0;
      return bytes;
    case 2: // In the header and the first chunk, where one byte says most.
      bytes[random(Math.min(64, bytes.length + 1))] = random(256);
      return bytes;
    case 3:
      return bytes.slice(0, at);
    case 4:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    case 5:
      return joined(bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at));
    case 6: {
      const other = pick();
      const from = random(other.length + 1);
      return joined(bytes.subarray(0, at), other.subarray(from, from + length), bytes.subarray(at + length));
    }
    default:
      for (let i = at; i < Math.min(bytes.length, at + 16); i++) bytes[i] = random(256);
      return bytes;
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}

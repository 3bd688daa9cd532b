import type { MidiEvent, MidiEvents } from './midi-events.ts';
import type { Random } from './random.ts';

const RESOLUTIONS = [1, 2, 3, 24, 48, 96, 100, 120, 220, 240, 384, 480, 480, 480, 960, 1024, 9600, 32_767] as const;
const METERS: readonly [readonly [number, number], ...(readonly [number, number])[]] = [
  [4, 2],
  [4, 2],
  [3, 2],
  [2, 2],
  [6, 3],
  [6, 3],
  [12, 3],
  [3, 3],
  [7, 3],
  [5, 2],
  [2, 1],
  [3, 1],
  [1, 0],
  [5, 4],
  [9, 4],
];
const CONTROLLERS = [0, 1, 6, 7, 10, 11, 32, 64, 64, 65, 67, 68, 70, 91, 96, 101, 121, 123] as const;

/** A file as no musician would write it, with everything that options can speak of. */
export function randomMidi(random: Random): MidiEvents {
  const division = random.pick(RESOLUTIONS);
  const beats = random.pick([2, 8, 20, 60, 200]);
  const isOnGrid = random.chance(0.4);
  const tickIn = (lastBeat: number): number => {
    const grid = random.pick([1, 2, 3, 4, 8]);
    if (isOnGrid) return Math.floor((random.int(0, lastBeat * grid) * division) / grid);
    return random.int(0, lastBeat * division);
  };
  const conductor: MidiEvent[] = [];
  for (const [probability, make] of globalEvents(random, () => tickIn(beats))) {
    if (random.chance(probability)) conductor.push(...random.many(random.int(1, 5), make));
    if (random.chance(probability / 2)) conductor.push([0, ...make().slice(1)]);
  }
  const tracks = random.many(random.pick([0, 1, 1, 2, 3, 5]), () => randomTrack(random, division, beats, tickIn));
  return { division, tracks: [conductor, ...tracks].map((events) => events.sort(([a], [b]) => a - b)) };
}

function globalEvents(random: Random, tick: () => number): readonly [number, () => MidiEvent][] {
  const tempo = (): number => random.pick([500_000, 600_000, 60e6 / random.int(20, 300), random.int(1, 16_777_215)]);
  return [
    [
      0.6,
      () => {
        const value = Math.round(tempo());
        return [tick(), 0xff, 0x51, 3, value >> 16, (value >> 8) & 255, value & 255];
      },
    ],
    [
      0.6,
      () => {
        const [numerator, exponent] = random.pick(METERS);
        return [tick(), 0xff, 0x58, 4, numerator, exponent, 24, 8];
      },
    ],
    [0.4, () => [tick(), 0xff, 0x59, 2, random.int(-7, 7) & 255, random.int(0, 1)]],
    [0.1, () => [tick(), 0xff, 0x06, 1, 65]],
    [0.1, () => [tick(), 0xff, 0x05, 1, 65]],
  ];
}

function randomTrack(
  random: Random,
  division: number,
  beats: number,
  tickIn: (lastBeat: number) => number,
): MidiEvent[] {
  const events: MidiEvent[] = [];
  const channel = random.pick([0, 0, 1, 2, 9, 15]);
  if (random.chance(0.7)) events.push([0, 0xc0 + channel, random.pick([0, 1, 24, 60, 127, random.int(0, 127)])]);
  const chordal = random.chance(0.4);
  const first = random.chance(0.2) ? random.int(0, beats) : 0;
  const last = Math.max(1, Math.min(beats, first + random.pick([4, 16, 200])));
  const [low, high] = random.pick([
    [0, 127],
    [36, 84],
    [58, 70],
  ]);
  for (let count = random.pick([0, 1, 5, 20, 40]); count > 0; count -= 1) {
    const tick = Math.max(first * division, tickIn(last));
    const pitch = random.int(low, high);
    const pitches = chordal
      ? random.pick([[0], [0, 4, 7], [0, 3, 7], [0, 3, 6, 9], [0, 4, 7, 10, 14], [0, 1, 5]])
      : [0];
    const duration = random.pick([division, Math.ceil(division / 4), tickIn(4), tickIn(30), 1, 0]);
    for (const offset of pitches) {
      const spread = chordal && random.chance(0.3) ? random.int(0, Math.ceil(division / 8)) : 0;
      const key = Math.min(127, pitch + offset);
      events.push([tick + spread, 0x90 + channel, key, random.int(1, 127)]);
      events.push([tick + spread + duration, 0x80 + channel, key, 0]);
    }
  }
  const sprinkle = (probability: number, make: () => MidiEvent): void => {
    if (random.chance(probability)) events.push(...random.many(random.int(1, 12), make));
  };
  sprinkle(0.4, () => [tickIn(beats), 0xb0 + channel, 64, random.pick([0, 63, 64, 127])]);
  sprinkle(0.4, () => [tickIn(beats), 0xb0 + channel, random.pick(CONTROLLERS), random.int(0, 127)]);
  sprinkle(0.4, () => [tickIn(beats), 0xe0 + channel, random.int(0, 127), random.int(0, 127)]);
  sprinkle(0.1, () => [tickIn(beats), 0xc0 + channel, random.int(0, 127)]);
  return events;
}

import type { Note } from './score.ts';

/** Keys of the General MIDI percussion map. */
export const DRUM = {
  kick: 36,
  rim: 37,
  snare: 38,
  clap: 39,
  lowTom: 45,
  midTom: 47,
  highTom: 50,
  hat: 42,
  pedalHat: 44,
  openHat: 46,
  crash: 49,
  ride: 51,
  bell: 53,
  tambourine: 54,
  cowbell: 56,
  highBongo: 60,
  lowBongo: 61,
  highConga: 63,
  lowConga: 64,
  highTimbale: 65,
  highAgogo: 67,
  lowAgogo: 68,
  shaker: 82,
  surdo: 41,
  muteSurdo: 43,
} as const;

export type DrumLines = Readonly<Partial<Record<keyof typeof DRUM, string>>>;

const VELOCITY: Readonly<Record<string, number>> = { X: 112, x: 88, o: 56 };

/**
 * Plays drum lines for some bars: `X` accented, `x` normal, `o` soft, `.` silent; the steps of a bar are of equal length,
 * bars apart by `|` repeat.
 */
export function groove(lines: DrumLines, bars: number, barLength: number, from = 0): Note[] {
  return Object.entries(lines).flatMap(([name, line]) => {
    const pitch = DRUM[name as keyof typeof DRUM];
    const written = line.split('|').map((bar) => [...bar.replace(/\s/g, '')]);
    return Array.from({ length: bars }, (_, bar) => {
      const steps = written[bar % written.length] ?? [];
      const step = barLength / steps.length;
      return steps.flatMap((mark, at) => {
        const velocity = VELOCITY[mark];
        const note = { at: from + bar * barLength + at * step, length: Math.min(step, 0.25), pitch };
        return velocity === undefined ? [] : [{ ...note, velocity }];
      });
    }).flat();
  });
}

import { type Chord, parseChord, scaleAt, scaleOf } from './harmony.ts';

/** A chord and when it sounds, in quarter notes. */
export interface ChordSpan {
  readonly at: number;
  readonly length: number;
  readonly chord: Chord;
}

const STRONG_BEATS: Readonly<Record<string, readonly number[]>> = {
  '2/4': [0, 1],
  '4/4': [0, 2],
  '5/4': [0, 3],
  '6/8': [0, 1.5],
  '9/8': [0, 1.5, 3],
  '12/8': [0, 1.5, 3, 4.5],
};

/** What all parts of a piece agree on: meter, key and harmony. */
export interface Frame {
  readonly meter: string;
  readonly key: string;
  readonly bars: number;
  /** In quarter notes. */
  readonly barLength: number;
  readonly length: number;
  /** Quarter notes from the bar line at which a melody meets the chord. */
  readonly strongBeats: readonly number[];
  readonly spans: readonly ChordSpan[];
  readonly scale: readonly number[];
}

/**
 * Reads a chord chart: bars apart by `|`, chords of a bar apart by spaces and of equal length, `%` for the bar before. The
 * chart is played `times` times.
 */
export function frame(meter: string, key: string, chart: string, times = 1): Frame {
  const barLength = barLengthOf(meter);
  const once = chart.split('|').map((bar) => bar.trim().split(/\s+/));
  const bars = Array.from({ length: times }, () => once).flat();
  const spans: ChordSpan[] = [];
  let played: readonly string[] = [];
  for (const [bar, symbols] of bars.entries()) {
    if (symbols[0] !== '%') played = symbols;
    const length = barLength / played.length;
    for (const [at, symbol] of played.entries()) {
      spans.push({ at: bar * barLength + at * length, length, chord: parseChord(symbol) });
    }
  }
  return {
    meter,
    key,
    bars: bars.length,
    barLength,
    length: bars.length * barLength,
    strongBeats: STRONG_BEATS[meter] ?? [0],
    spans,
    scale: scaleOf(key),
  };
}

/** Quarter notes of a bar. */
export function barLengthOf(meter: string): number {
  const [numerator = 4, denominator = 4] = meter.split('/').map(Number);
  return (4 * numerator) / denominator;
}

/** The chord that sounds at a time; the last one after the end. */
export function chordAt(frame: Frame, at: number): Chord {
  const span = frame.spans.findLast((candidate) => candidate.at <= at + 1e-6) ?? frame.spans[0];
  if (span === undefined) throw new Error('the frame has no chord');
  return span.chord;
}

/** Pitch classes that fit at a time: the key's, bent to the chord. */
export function scaleNow(frame: Frame, at: number): number[] {
  return scaleAt(frame.scale, chordAt(frame, at));
}

import { chordAt, type Frame } from './frame.ts';
import { type Chord, nearest, voice } from './harmony.ts';
import type { Note } from './score.ts';

export interface PatternOptions {
  /** Lowest and highest note of the chords. */
  readonly chords?: readonly [low: number, high: number];
  /** Lowest and highest bass note. */
  readonly bass?: readonly [low: number, high: number];
  readonly velocity?: number;
  /** Sounding share of the written length. */
  readonly gate?: number;
  /** Pattern of the last bar, such as `C---`. */
  readonly last?: string;
}

/**
 * Plays the chords of a frame in a pattern. Bars are apart by `|` and repeat; the steps of a bar are of equal length:
 *
 *     R F T   root, fifth, third in the bass       1 2 3 …  tone of the voicing, from below; above its last an octave higher
 *     c C     the chord, the chord accented        -        the step before goes on
 *     .       rest                                 x        bass and chord
 */
export function pattern(frame: Frame, bars: string, options: PatternOptions = {}): Note[] {
  const player = new PatternPlayer(options);
  const written = bars.split('|').map(stepsOf);
  return Array.from({ length: frame.bars }, (_, bar) => {
    const isLast = bar === frame.bars - 1 && options.last !== undefined;
    const steps = isLast ? stepsOf(options.last ?? '') : (written[bar % written.length] ?? []);
    const length = frame.barLength / steps.length;
    return steps.flatMap((step, at) => {
      const start = bar * frame.barLength + at * length;
      let held = 1;
      while (steps[at + held] === '-') held++;
      return player.play(step, chordAt(frame, start), start, held * length);
    });
  }).flat();
}

function stepsOf(bar: string): string[] {
  return [...bar.replace(/\s/g, '')];
}

class PatternPlayer {
  private voicing: number[] | undefined;
  private chord: Chord | undefined;
  private bass: number;
  private readonly low: number;
  private readonly high: number;

  constructor(private readonly options: PatternOptions) {
    [this.low, this.high] = options.chords ?? [52, 69];
    this.bass = (this.bassRange[0] + this.bassRange[1]) / 2;
  }

  private get bassRange(): readonly [number, number] {
    return this.options.bass ?? [36, 50];
  }

  play(step: string, chord: Chord, at: number, length: number): Note[] {
    if (step === '-' || step === '.') return [];
    if (chord !== this.chord) this.voicing = voice(chord, this.voicing, this.low, this.high);
    this.chord = chord;
    const velocity = (this.options.velocity ?? 72) + (step === 'C' ? 14 : 0);
    const sounding = length * (this.options.gate ?? 1);
    return this.pitchesOf(step, chord).map((pitch) => ({ at, length: sounding, pitch, velocity }));
  }

  private pitchesOf(step: string, chord: Chord): number[] {
    const voicing = this.voicing ?? [];
    switch (step) {
      case 'c':
      case 'C':
        return voicing;
      case 'x':
        return [this.bassNote(chord.bass), ...voicing];
      case 'R':
        return [this.bassNote(chord.bass)];
      case 'T':
        return [this.bassNote(chord.tones[1] ?? chord.root)];
      case 'F':
        return [this.bassNote(chord.tones[2] ?? chord.tones[1] ?? chord.root)];
      default: {
        const tone = Number(step) - 1;
        return [(voicing[tone % voicing.length] ?? 60) + 12 * Math.floor(tone / voicing.length)];
      }
    }
  }

  private bassNote(pitchClass: number): number {
    const [low, high] = this.bassRange;
    this.bass = nearest([pitchClass], Math.round(this.bass), low, high);
    return this.bass;
  }
}

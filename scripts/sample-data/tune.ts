import { seededRandom } from '../../test/seeded-random.ts';
import { chordAt, type Frame, scaleNow } from './frame.ts';
import { nearest, nextStep } from './harmony.ts';
import type { Note } from './score.ts';

export interface TuneOptions {
  /**
   * The phrases in order, such as `a b a c`. A letter that comes back has its rhythm and its contour again, on the harmony of the
   * new place. A capital ends on a chord tone, the last phrase on the tonic.
   */
  readonly form: string;
  /** Rhythm of each letter: lengths in quarter notes, `r` before rests, such as `1 .5 .5 r1`; bar lines are for the eye. */
  readonly rhythms: Readonly<Record<string, string>>;
  readonly range: readonly [low: number, high: number];
  readonly seed: number;
  readonly velocity?: number;
  /** Pitch classes instead of the frame's scale, such as a pentatonic one. */
  readonly scale?: readonly number[];
  /** Quarter notes before the first phrase. */
  readonly from?: number;
  /** Share of steps that are wider than a second. */
  readonly leaps?: number;
}

interface Phrase {
  readonly lengths: readonly number[];
  /** Scale steps from each note to the next. */
  readonly contour: readonly number[];
}

/** Composes a melody that moves mostly by step, meets chord tones on the beat, and repeats its phrases in sequence. */
export function tune(frame: Frame, options: TuneOptions): Note[] {
  const phrases = composePhrases(options);
  const letters = options.form.split(/\s+/);
  const notes: Note[] = [];
  let start = options.from ?? 0;
  let pitch = Math.round((options.range[0] + options.range[1]) / 2);
  for (const [place, letter] of letters.entries()) {
    const phrase = phrases.get(letter.toLowerCase());
    if (phrase === undefined) throw new Error(`the tune has no rhythm for ${letter}`);
    const sung = singPhrase(frame, options, phrase, start, pitch);
    const ending = place === letters.length - 1 ? 'tonic' : letter === letter.toUpperCase() ? 'chord' : 'open';
    notes.push(...settle(frame, options, sung, ending));
    pitch = notes.at(-1)?.pitch ?? pitch;
    start += phrase.lengths.reduce((sum, length) => sum + Math.abs(length), 0);
  }
  return notes;
}

function composePhrases({ rhythms, seed, leaps = 0.15 }: TuneOptions): Map<string, Phrase> {
  const random = seededRandom(seed);
  return new Map(
    Object.entries(rhythms).map(([letter, rhythm]) => {
      const lengths = readRhythm(rhythm);
      return [letter, { lengths, contour: drawContour(random, lengths.length, leaps) }];
    }),
  );
}

/** Lengths in quarter notes, negative for rests. */
function readRhythm(rhythm: string): number[] {
  return rhythm
    .replaceAll('|', ' ')
    .trim()
    .split(/\s+/)
    .map((word) => (word.startsWith('r') ? -Number(word.slice(1)) : Number(word)));
}

/** Mostly steps of a second that keep their direction for a while, so that the line makes arcs. */
function drawContour(random: () => number, length: number, leaps: number): number[] {
  let direction = random() < 0.5 ? 1 : -1;
  return Array.from({ length }, () => {
    if (random() < 0.3) direction = -direction;
    if (random() < leaps) return direction * (2 + Math.floor(random() * 2));
    return random() < 0.08 ? 0 : direction;
  });
}

function singPhrase(frame: Frame, options: TuneOptions, phrase: Phrase, start: number, from: number): Note[] {
  const [low, high] = options.range;
  const notes: Note[] = [];
  let at = start;
  let pitch = nearest(tonesAt(frame, at), from, low, high);
  let step = 0;
  for (const [place, length] of phrase.lengths.entries()) {
    if (length > 0) {
      if (meetsChord(frame, at, length)) pitch = chordTone(tonesAt(frame, at), pitch, step, low, high);
      notes.push({ at, length, pitch, velocity: options.velocity ?? 88 });
      const walked = walk(options.scale ?? scaleNow(frame, at + length), pitch, phrase.contour[place] ?? 0, low, high);
      step = walked - pitch;
      pitch = walked;
    }
    at += Math.abs(length);
  }
  return notes;
}

/** On strong beats, with a new chord, and where a note is long. */
function meetsChord(frame: Frame, at: number, length: number): boolean {
  const isAt = (time: number) => Math.abs(time - at) < 1e-6;
  const bar = Math.floor(at / frame.barLength + 1e-9) * frame.barLength;
  return length >= 2 || frame.strongBeats.some((beat) => isAt(bar + beat)) || frame.spans.some((span) => isAt(span.at));
}

/** The pitch itself if it belongs to the chord, else the next chord tone in the direction of the step that led there. */
function chordTone(tones: readonly number[], pitch: number, step: number, low: number, high: number): number {
  if (tones.includes(pitch % 12)) return pitch;
  const onward = step === 0 ? pitch : nextStep(tones, pitch, Math.sign(step));
  return onward >= low && onward <= high ? onward : nearest(tones, pitch, low, high);
}

function tonesAt(frame: Frame, at: number): readonly number[] {
  return chordAt(frame, at).tones;
}

/** The pitch some scale steps away, turned back at the ends of the range. */
function walk(scale: readonly number[], pitch: number, steps: number, low: number, high: number): number {
  const middle = (low + high) / 2;
  const isFarOut = Math.abs(pitch - middle) > (high - low) / 3 && Math.sign(steps) === Math.sign(pitch - middle);
  const direction = isFarOut ? -Math.sign(steps) : Math.sign(steps);
  let reached = pitch;
  for (let step = 0; step < Math.abs(steps); step++) {
    const next = nextStep(scale, reached, direction);
    if (next < low || next > high) break;
    reached = next;
  }
  return reached;
}

function settle(frame: Frame, options: TuneOptions, notes: Note[], ending: 'tonic' | 'chord' | 'open'): Note[] {
  const last = notes.at(-1);
  if (last === undefined || ending === 'open') return notes;
  const tonic = frame.scale[0] ?? 0;
  const tones = ending === 'tonic' ? [tonic] : tonesAt(frame, last.at);
  const [low, high] = options.range;
  return [...notes.slice(0, -1), { ...last, pitch: nearest(tones, last.pitch, low, high) }];
}

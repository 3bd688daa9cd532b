import type { Frame } from './frame.ts';
import type { Change, Note, Part, Piece } from './score.ts';
import { valueAt } from './transforms.ts';

/** What of a piece is not in its frame and parts. */
export interface PieceFacts {
  readonly slug: string;
  readonly title: string;
  readonly style: string;
  readonly caption: string;
  readonly language?: string;
  readonly ticksPerQuarter?: number;
}

/** A piece in one meter, at one tempo or with the tempo changes given. */
export function piece(
  frame: Frame,
  tempo: number | readonly Change<number>[],
  facts: PieceFacts,
  parts: readonly Part[],
): Piece {
  return {
    language: 'en',
    ticksPerQuarter: 480,
    ...facts,
    key: frame.key,
    tempi: typeof tempo === 'number' ? [[0, tempo]] : tempo,
    meters: [[0, frame.meter]],
    parts,
  };
}

export function part(
  name: string,
  program: number | 'drums',
  notes: readonly Note[],
  changes: Partial<Pick<Part, 'pedal' | 'bends' | 'expression' | 'programs'>> = {},
): Part {
  return { name, program, notes, ...changes };
}

/** A sustain pedal that is taken anew on each bar, or more often. */
export function pedalEach(quarters: number, length: number): Change<boolean>[] {
  return Array.from({ length: Math.ceil(length / quarters) }, (_, at): Change<boolean>[] => [
    [at * quarters + 0.02, true],
    [(at + 1) * quarters - 0.06, false],
  ]).flat();
}

/** Swells between the points in steps of a quarter note, for the expression controller. */
export function swell(points: readonly Change<number>[]): Change<number>[] {
  const end = points.at(-1)?.[0] ?? 0;
  return Array.from({ length: Math.floor(end) + 1 }, (_, at) => [at, valueAt(points, at)]);
}

/** Slides into each long note from `depth` (of two semitones) below, within a third of a quarter note. */
export function scoops(notes: readonly Note[], depth = 0.5, longest = 0.9): Change<number>[] {
  return notes
    .filter((note) => note.length >= longest)
    .flatMap(({ at }) =>
      Array.from(
        { length: 6 },
        (_, step): Change<number> => [at + step * 0.06, step === 5 ? 0 : -depth * (1 - step / 5)],
      ),
    );
}

/** Wavers around each long note, by `depth` of two semitones, after its first half beat. */
export function vibrato(notes: readonly Note[], depth = 0.12, longest = 1.4): Change<number>[] {
  return notes
    .filter((note) => note.length >= longest)
    .flatMap(({ at, length }) => {
      const steps = Math.floor((length - 0.6) / 0.125);
      const waves = Array.from({ length: steps }, (_, step): Change<number> => {
        return [at + 0.5 + step * 0.125, step % 2 === 0 ? depth : -depth];
      });
      return [...waves, [at + length - 0.05, 0] as const];
    });
}

/** Tempo that breathes: each group of four bars moves on and holds back at its end; the last bar slows down. */
export function rubato(bpm: number, bars: number, barLength: number): Change<number>[] {
  const shape = [0, 0.06, 0.03, -0.08];
  return Array.from({ length: 2 * bars }, (_, half): Change<number> => {
    const bar = Math.floor(half / 2);
    const late = half % 2 === 1 ? -0.02 : 0;
    const factor = bar === bars - 1 ? 0.85 - 0.1 * (half % 2) : 1 + (shape[bar % 4] ?? 0) + late;
    return [bar * barLength + (half % 2) * (barLength / 2), Math.round(10 * bpm * factor) / 10];
  });
}

/**
 * The piece as played to no beat: times follow the tempo changes, but the file says 120 throughout and has no meter, as a recording
 * of a keyboard does.
 */
export function asRecorded(written: Piece): Piece {
  const elapsed = (at: number) => 2 * secondsAt(written.tempi, at);
  const moved = <Value>(changes: readonly Change<Value>[] = []) =>
    changes.map(([at, value]): Change<Value> => [elapsed(at), value]);
  return {
    ...written,
    tempi: [],
    meters: [],
    parts: written.parts.map((one) => ({
      ...one,
      notes: one.notes.map((note) => ({
        ...note,
        at: elapsed(note.at),
        length: elapsed(note.at + note.length) - elapsed(note.at),
      })),
      pedal: moved(one.pedal),
      expression: moved(one.expression),
    })),
  };
}

function secondsAt(tempi: readonly Change<number>[], at: number): number {
  return tempi.reduce((sum, [from, bpm], place) => {
    const until = Math.min(at, tempi[place + 1]?.[0] ?? at);
    return until > from ? sum + ((until - from) * 60) / bpm : sum;
  }, 0);
}

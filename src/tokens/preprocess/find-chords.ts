import { chordIndex } from '../chord-names.ts';
import type { TokenizerConfig, TokenizerOptions } from '../tokenizer-config.ts';
import { type NoteList, pitchOf } from './note-list.ts';
import type { Section } from './sections.ts';

export interface Chord {
  readonly tick: number;
  /** Where in `chordNames` it is. */
  readonly index: number;
}

/** A chord is sought among this many notes. */
const MOST_NOTES = 10;
const LEAST_CHORD_NOTES = 3;
const MOST_CHORD_NOTES = 5;
/** Semitones from the first note of a chord to its last. */
const WIDEST_CHORD = 24;

/**
 * Chords in a prepared track: three to five notes that start within the first division of a beat and end within half a
 * beat of one another, and whose pitches above the first, in list order, are those of a chord map (../shared/MIDITOK.md 9).
 */
export function findChords(
  notes: NoteList,
  from: number,
  to: number,
  beats: readonly Section[],
  config: TokenizerConfig,
): readonly Chord[] {
  const { onset, duration } = notes;
  const divisions =
    (config.beat_res.find(({ from, to }) => from === 0 || to === 0) ?? config.beat_res[0])?.resolution ?? 1;
  const chords: Chord[] = [];
  let section = 0;
  let lastOnset = -1;
  for (let first = from; first < to; ) {
    const start = onset[first] ?? 0;
    if (start === lastOnset) {
      first += 1;
      continue;
    }
    while (start >= (beats[section]?.end ?? Number.POSITIVE_INFINITY)) section += 1;
    const beat = beats[section]?.value ?? 1;
    const half = Math.floor(beat / 2);
    let group = notesWithin(notes, first, to, start + beat / divisions);
    const end = start + (duration[first] ?? 0);
    const endDistance = (index: number): number => (onset[index] ?? 0) + (duration[index] ?? 0) - end;
    if (group.some((index) => Math.abs(endDistance(index)) > half)) {
      first += group.length;
      continue;
    }
    if ((duration[first] ?? 0) <= half) group = group.filter((index) => onset[index] === start);
    const quality = qualityOf(notes, group, config);
    if (quality >= 0) {
      chords.push({ tick: start, index: chordIndex(quality, pitchOf(notes.tone[first] ?? 0), config) });
    }
    lastOnset = onset[group.at(-1) ?? first] ?? 0;
    first += group.length;
  }
  return chords;
}

/** Of the next notes those that start no later than `latest`. */
function notesWithin({ onset }: NoteList, first: number, to: number, latest: number): number[] {
  const group: number[] = [];
  for (let index = first; index < Math.min(to, first + MOST_NOTES); index += 1) {
    if ((onset[index] ?? 0) <= latest) group.push(index);
  }
  return group;
}

/** The chord map that the notes make, or behind the maps the number of notes; -1 where that is not said. */
function qualityOf(
  { tone }: NoteList,
  group: readonly number[],
  { chord_maps: maps, chord_unknown: unknown }: TokenizerOptions,
): number {
  if (group.length < LEAST_CHORD_NOTES || group.length > MOST_CHORD_NOTES) return -1;
  const root = pitchOf(tone[group[0] ?? 0] ?? 0);
  const offsets = group.map((index) => pitchOf(tone[index] ?? 0) - root);
  if ((offsets.at(-1) ?? 0) > WIDEST_CHORD) return -1;
  const known = maps.findIndex(
    (map) => map.offsets.length === offsets.length && map.offsets.every((offset, index) => offset === offsets[index]),
  );
  if (known >= 0 || unknown === null) return known;
  const [fewest, end] = unknown;
  return group.length >= fewest && group.length < end ? maps.length + group.length - fewest : -1;
}

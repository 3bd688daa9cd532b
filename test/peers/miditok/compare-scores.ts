import type { Score } from '../../../src/midi/score.ts';
import type { ScoreRows } from './miditok.ts';

/** A score as MidiTok's are dumped: notes as they are, other lists by tick, those whose order says nothing by all their values. */
export function comparable(score: Score | ScoreRows): string[] {
  const rows = 'repairs' in score ? rowsOf(score) : score;
  return [
    `ticks a quarter ${rows.ticksPerQuarter}`,
    `tempos ${said(byTick(rows.tempos))}`,
    `meters ${said(byTick(rows.meters))}`,
    `keys ${said(byTick(rows.keys))}`,
    ...rows.tracks.flatMap((track, index) => [
      `track ${index} ${track.isDrum ? 'drums' : track.program}`,
      // A negative velocity is no note of MIDI's: MidiTok writes a file that cannot be read.
      `track ${index} notes ${said(track.notes.filter(([, , , velocity = 0]) => velocity >= 0))}`,
      `track ${index} controls ${said(byAll(track.controls))}`,
      `track ${index} bends ${said(byTick(track.bends))}`,
      `track ${index} pedals ${said(byTick(track.pedals))}`,
    ]),
  ];
}

/** What first differs between two scores. */
export function scoreDifference(ours: Score, theirs: ScoreRows): string | undefined {
  const [found, expected] = [comparable(ours), comparable(theirs)];
  const at = Array.from({ length: Math.max(found.length, expected.length) }).findIndex(
    (_, line) => found[line] !== expected[line],
  );
  return at < 0 ? undefined : `${found[at]}\n  MidiTok ${expected[at]}`;
}

function rowsOf(score: Score): ScoreRows {
  const { tempos, timeSignatures: meters, keySignatures: keys } = score;
  return {
    ticksPerQuarter: score.ticksPerQuarter,
    tempos: zipped(tempos.tick, tempos.microsecondsPerQuarter),
    meters: zipped(meters.tick, meters.numerator, meters.denominator),
    keys: zipped(keys.tick, keys.sharps, keys.minor),
    tracks: score.tracks.map(({ program, isDrum, name, notes, controls, pitchBends: bends, pedals }) => ({
      program,
      isDrum,
      name,
      notes: zipped(notes.onset, notes.duration, notes.pitch, notes.velocity),
      controls: zipped(controls.tick, controls.number, controls.value),
      bends: zipped(bends.tick, bends.value),
      pedals: zipped(pedals.onset, pedals.duration),
    })),
  };
}

function zipped(...columns: readonly ArrayLike<number>[]): number[][] {
  return Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => columns.map((column) => column[row] ?? 0));
}

function byTick(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return [...rows].sort(([a = 0], [b = 0]) => a - b);
}

function byAll(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return [...rows].sort((a, b) => {
    const place = a.findIndex((value, index) => value !== b[index]);
    return (a[place] ?? 0) - (b[place] ?? 0);
  });
}

function said(rows: readonly (readonly number[])[]): string {
  return rows.map((row) => row.join(',')).join(' ');
}

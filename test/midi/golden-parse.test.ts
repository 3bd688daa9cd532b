import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import type { Notes, Score, Track } from '../../src/midi/score.ts';
import { goldenDirectory, readMidi, skipReason } from './shared-data.ts';

interface GoldenFile {
  readonly path: string;
  readonly error?: string;
  readonly sha256: string;
  readonly tempos_qpm: readonly number[];
  readonly start: number;
  readonly tempos: readonly number[][];
}

/** symusic reads division 0, MidiTok then divides by zero; RELIABILITY.md asks for a refusal. */
const REFUSED: Readonly<Record<string, string>> = { 'midi/synthetic/tpq0.mid': 'midi_bad_division' };

/** One gap of 77 hours: within reach of the reader, beyond the default limits. */
const BEYOND_DEFAULT_LIMITS = new Set(['midi/synthetic/big_delta.mid']);
const WIDE_LIMITS = { ...DEFAULT_LIMITS, durationSeconds: 1e9, bars: 1e9 };

const golden: readonly GoldenFile[] =
  skipReason === undefined
    ? gunzipSync(readFileSync(join(goldenDirectory, 'parse.jsonl.gz')))
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];

describe.skipIf(skipReason !== undefined)('what symusic reads, on every golden file without a repair', () => {
  const readOtherwise: string[] = [];

  it.each(golden.filter((file) => file.error === undefined))('$path', (expected) => {
    const limits = BEYOND_DEFAULT_LIMITS.has(expected.path) ? WIDE_LIMITS : DEFAULT_LIMITS;
    const outcome = decodeMidi(readMidi(expected.path), limits);
    const refusal = REFUSED[expected.path];
    if (refusal !== undefined) {
      expect(outcome).toMatchObject({ ok: false, error: { code: refusal } });
      return;
    }
    if (!outcome.ok) throw new Error(outcome.error.message);
    const { path, sha256: _sha, tempos_qpm: _qpm, start: _start, ...lists } = expected;
    const actual = describeScore(outcome.score);
    if (Object.keys(outcome.score.repairs).length === 0) expect(actual).toEqual(lists);
    else if (!isDeepStrictEqual(actual, lists)) readOtherwise.push(path);
  });

  it('covers every file of the list that symusic accepts, and that is most of them', () => {
    expect(golden.length).toBe(267);
    expect(golden.filter((file) => file.error === undefined).length).toBe(255);
  });

  it('and few are read otherwise', () => {
    expect(readOtherwise.length).toBeLessThanOrEqual(23);
  });

  it.each(golden.filter((file) => file.error !== undefined))(
    '$path, which symusic refuses, ends in a mended score or a code',
    ({ path }) => {
      const outcome = decodeMidi(readMidi(path));
      if (outcome.ok) expect(Object.keys(outcome.score.repairs)).not.toEqual([]);
      else expect(outcome.error.code).toMatch(/^midi_/);
    },
  );
});

function describeScore(score: Score) {
  return {
    ticks_per_quarter: score.ticksPerQuarter,
    n_tracks: score.tracks.length,
    end: score.endTick,
    tempos: rows(score.tempos.tick, score.tempos.microsecondsPerQuarter),
    time_signatures: rows(score.timeSignatures.tick, score.timeSignatures.numerator, score.timeSignatures.denominator),
    key_signatures: rows(score.keySignatures.tick, score.keySignatures.sharps, score.keySignatures.minor),
    markers: score.markers.map(({ tick, text }) => [tick, text]),
    tracks: score.tracks.map(describeTrack),
  };
}

function describeTrack(track: Track) {
  const { notes, controls, pitchBends, lyrics } = track;
  const pedals = track.symusicPedals ?? track.pedals;
  return {
    program: track.program,
    is_drum: track.isDrum,
    name: track.name,
    n_notes: notes.onset.length,
    n_controls: controls.tick.length,
    n_pitch_bends: pitchBends.tick.length,
    n_pedals: pedals.onset.length,
    n_lyrics: lyrics.length,
    sum_start: sum(notes.onset),
    sum_duration: sum(notes.duration),
    sum_pitch: sum(notes.pitch),
    sum_velocity: sum(notes.velocity),
    end: endOf(track),
    notes_sha256: hashOf(noteRows(notes)),
    notes_sorted_sha256: hashOf(noteRows(notes).sort(byStartPitchDurationVelocity)),
    sum_control_value: sum(controls.value),
    sum_control_time: sum(controls.tick),
    sum_pitch_bend_value: sum(pitchBends.value),
    pedals: rows(pedals.onset, pedals.duration).slice(0, 20),
    lyrics: lyrics.slice(0, 20).map(({ tick, text }) => [tick, text]),
  };
}

function endOf({
  notes,
  controls,
  pitchBends,
  pedals: ownPedals,
  symusicPedals: pedals = ownPedals,
  lyrics,
}: Track): number {
  const ends = [
    ...Array.from(notes.onset, (onset, i) => onset + (notes.duration[i] ?? 0)),
    ...Array.from(pedals.onset, (onset, i) => onset + (pedals.duration[i] ?? 0)),
    ...controls.tick,
    ...pitchBends.tick,
    ...lyrics.map(({ tick }) => tick),
  ];
  return ends.reduce((latest, end) => Math.max(latest, end), 0);
}

type NoteRow = readonly [number, number, number, number];

function noteRows({ onset, duration, pitch, velocity }: Notes): NoteRow[] {
  return Array.from(onset, (start, i) => [start, duration[i] ?? 0, pitch[i] ?? 0, velocity[i] ?? 0]);
}

function byStartPitchDurationVelocity(a: NoteRow, b: NoteRow): number {
  return a[0] - b[0] || a[2] - b[2] || a[1] - b[1] || a[3] - b[3];
}

function hashOf(notes: readonly NoteRow[]): string {
  return createHash('sha256')
    .update(new Uint8Array(Int32Array.from(notes.flat()).buffer))
    .digest('hex');
}

function rows(...columns: readonly ArrayLike<number>[]): number[][] {
  return Array.from({ length: columns[0]?.length ?? 0 }, (_, i) => columns.map((column) => column[i] ?? 0));
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

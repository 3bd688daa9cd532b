import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { DEFAULT_LIMITS, type MidiLimits } from '../../src/midi/limits.ts';
import type { Notes, Pedals, Score } from '../../src/midi/score.ts';
import { ascii, chunk, END_OF_TRACK, header, meta, ONE_NOTE, smf, tempo, track, vlq } from './smf-bytes.ts';

/** A quarter of middle C, and the end of the track. */
const MIDDLE_C = [...ONE_NOTE, ...END_OF_TRACK];
const MIDDLE_C_NOTES = [[0, 480, 60, 64]];

describe('files that symusic refuses are mended, and the repair is counted', () => {
  const longHeader = [...chunk('MThd', [0, 1, 0, 1, 1, 0xe0, 0, 0]), ...track(MIDDLE_C)];
  const absurdHeader = [...chunk('MThd', [0, 1, 0, 1, 1, 0xe0], 0xffffffff), ...track(MIDDLE_C)];
  const rmid = (data: readonly number[]) => {
    const body = [
      ...ascii('RMID'),
      ...ascii('DISP'),
      3,
      0,
      0,
      0,
      1,
      2,
      3,
      0,
      ...ascii('data'),
      data.length,
      0,
      0,
      0,
      ...data,
    ];
    return [...ascii('RIFF'), body.length, 0, 0, 0, ...body];
  };
  const plain = [...header(), ...track(MIDDLE_C)];
  const cut = MIDDLE_C.slice(0, -1);

  it.each<[string, readonly number[], Record<string, number>]>([
    ['a RIFF RMID wrapper', rmid(plain), { rmid_wrapper: 1 }],
    ['128 bytes of MacBinary before the header', [...Array<number>(128).fill(0), ...plain], { leading_bytes: 1 }],
    ['a header of 8 bytes', longHeader, { header_length: 1 }],
    ['a header that claims to be longer than the file', absurdHeader, { header_length: 1 }],
    ['format 3', [...header({ format: 3 }), ...track(MIDDLE_C)], { unknown_format: 1 }],
    ['a track longer than the file', [...header(), ...chunk('MTrk', MIDDLE_C, 1000)], { truncated_chunk: 1 }],
    ['an unknown chunk longer than the file', [...plain, ...chunk('XFIH', [1], 99)], {}],
    [
      'an unknown chunk before a missing track',
      [...header({ trackCount: 2 }), ...track(MIDDLE_C), ...chunk('XFIH', [1], 99)],
      { junk_bytes: 1, missing_tracks: 1 },
    ],
    [
      'an end-of-track without its length',
      [...header(), ...track(cut)],
      { truncated_event: 1, missing_end_of_track: 1 },
    ],
    [
      'a note cut off by the end of the track',
      [...header(), ...track([...ONE_NOTE, 0, 0x90, 62])],
      { truncated_event: 1, missing_end_of_track: 1 },
    ],
    [
      'a delta time cut off by the end of the track',
      [...header(), ...track([...ONE_NOTE, 0x81])],
      { truncated_event: 1, missing_end_of_track: 1 },
    ],
    [
      'a text longer than its track',
      [...header(), ...track([...ONE_NOTE, 0, 0xff, 1, 0x7f, 65])],
      { truncated_event: 1, missing_end_of_track: 1 },
    ],
    [
      'a system exclusive message longer than its track',
      [...header(), ...track([...ONE_NOTE, 0, 0xf0, 0x7f, 65])],
      { truncated_event: 1, missing_end_of_track: 1 },
    ],
    ['an undefined status byte', [...header(), ...track([0, 0xf4, ...MIDDLE_C])], { undefined_status: 1 }],
    ['a tempo of two bytes', [...header(), ...track([...meta(0x51, [7, 161]), ...MIDDLE_C])], { short_meta_event: 1 }],
    ['a tempo of 0', [...header(), ...track([...tempo(0), ...MIDDLE_C])], { tempo_zero: 1 }],
  ])('%s', (_, bytes, repairs) => {
    const score = decoded(Uint8Array.from(bytes));
    expect(notesOf(score)).toEqual(MIDDLE_C_NOTES);
    expect(score.repairs).toEqual(repairs);
    expect(score.tempos.tick).toHaveLength(0);
  });

  it('reads data bytes over 127 as 127, in every message that is kept', () => {
    const body = [0, 0xb0, 200, 201, 0, 0xc0, 130, 0, 0xe0, 0, 200, 0, 0x90, 128, 255, 10, 0x80, 255, 255];
    const score = decoded(smf([[...body, ...END_OF_TRACK]]));
    expect(notesOf(score)).toEqual([[0, 10, 127, 127]]);
    expect(score.tracks[0]?.program).toBe(127);
    expect(score.tracks[0]?.controls).toEqual({
      tick: Float64Array.of(0),
      number: Uint8Array.of(127),
      value: Uint8Array.of(127),
    });
    expect(score.tracks[0]?.pitchBends.value).toEqual(Int16Array.of((127 << 7) - 8192));
    expect(score.repairs).toEqual({ data_byte_clamped: 8 });
  });

  it('ends notes without a note-off with the track, or with the last note-off of their key, and counts them', () => {
    const score = decoded(smf([[0, 0x90, 60, 64, 0, 62, 64, 10, 60, 0, ...meta(0x2f, [], 20)]]));
    expect(notesOf(score)).toEqual([
      [0, 10, 60, 64],
      [0, 30, 62, 64],
    ]);
    expect(score.repairs).toEqual({ unmatched_note_on: 1 });
    const doubled = decoded(smf([[0, 0x90, 60, 64, 5, 60, 65, 10, 60, 0, ...meta(0x2f, [], 99)]]));
    expect(notesOf(doubled)).toEqual([
      [0, 15, 60, 64],
      [5, 10, 60, 65],
    ]);
  });

  it('counts tracks that are too many or too few, and reads all that are there', () => {
    const two = decoded(smf([MIDDLE_C, MIDDLE_C], { trackCount: 1 }));
    expect([two.tracks.length, two.repairs]).toEqual([2, { extra_tracks: 1 }]);
    const five = decoded(smf([MIDDLE_C, MIDDLE_C], { trackCount: 5 }));
    expect([five.tracks.length, five.repairs]).toEqual([2, { missing_tracks: 3 }]);
  });

  it('leaves out meters, keys and tempos that cannot be, and counts them', () => {
    const meters = [...meta(0x58, [0, 2, 24, 8]), ...meta(0x58, [4, 8, 24, 8], 5)];
    const keys = [meta(0x59, [8, 0]), meta(0x59, [0xf8, 1]), meta(0x59, [0, 5]), meta(0x59, [0xf9, 1])].flat();
    const score = decoded(smf([[...meters, ...keys, ...tempo(1), ...tempo(10_000), ...MIDDLE_C]]));
    expect(score.timeSignatures.tick).toHaveLength(0);
    expect([...score.keySignatures.sharps, ...score.keySignatures.minor]).toEqual([-7, 1]);
    expect([...score.tempos.microsecondsPerQuarter]).toEqual([10_000]);
    expect(score.repairs).toEqual({ bad_time_signature: 2, bad_key_signature: 3, tempo_out_of_range: 1 });
  });
});

describe('SMPTE time', () => {
  const second = (ticks: number) => [0, 0x90, 60, 64, ...vlq(ticks), 0x80, 60, 0, ...END_OF_TRACK];

  it.each([
    [24, 0xe8, 80, 24 * 80, 500_000],
    [25, 0xe7, 40, 25 * 40, 500_000],
    [25, 0xe7, 3, 75, 1_000_000],
    [29.97, 0xe3, 100, 30 * 100, 500_500],
    [30, 0xe2, 4, 30 * 4, 500_000],
  ])('%d frames a second (%i) of %i ticks keeps its seconds', (framesPerSecond, code, ticksPerFrame, ticks, mspq) => {
    const body = [...tempo(123_456), ...second(ticks)];
    const score = decoded(smf([body], { division: (code << 8) | ticksPerFrame }));
    expect(Array.from(score.tempos.microsecondsPerQuarter)).toEqual([mspq]);
    const seconds = ((score.endTick / score.ticksPerQuarter) * mspq) / 1e6;
    expect(seconds).toBeCloseTo(
      ticks / (framesPerSecond === 29.97 ? 30_000 / 1001 : framesPerSecond) / ticksPerFrame,
      9,
    );
    expect(score.repairs).toEqual({ smpte_division: 1 });
  });
});

describe('files that cannot be read are refused with a code', () => {
  it.each<[string, string, readonly number[]]>([
    ['an empty file', 'midi_not_smf', []],
    ['a text file', 'midi_not_smf', ascii('this is not a MIDI file, whatever its name says')],
    ['RIFF without MIDI data', 'midi_not_smf', [...ascii('RIFF'), 4, 0, 0, 0, ...ascii('WAVE')]],
    ['four bytes', 'midi_truncated_header', ascii('MThd')],
    ['thirteen bytes', 'midi_truncated_header', header().slice(0, 13)],
    ['division 0', 'midi_bad_division', [...header({ division: 0 }), ...track(MIDDLE_C)]],
    ['23 frames a second', 'midi_bad_division', [...header({ division: 0xe928 }), ...track(MIDDLE_C)]],
    ['0 ticks a frame', 'midi_bad_division', [...header({ division: 0xe800 }), ...track(MIDDLE_C)]],
    ['a delta time of five bytes', 'midi_bad_vlq', [...header(), ...track([0x81, 0x80, 0x80, 0x80, 0, ...MIDDLE_C])]],
    ['a text length of five bytes', 'midi_bad_vlq', [...header(), ...track([0, 0xff, 1, 0x81, 0x80, 0x80, 0x80, 0])]],
    ['running status without a status', 'midi_no_running_status', [...header(), ...track([0, 60, 64])]],
    [
      'running status after a meta event only',
      'midi_no_running_status',
      [...header(), ...track([...tempo(1), 0, 60, 64])],
    ],
  ])('%s: %s', (_, code, bytes) => {
    expect(codeOf(Uint8Array.from(bytes))).toBe(code);
  });
});

describe('limits', () => {
  const signature = (numerator: number, exponent: number) => meta(0x58, [numerator, exponent, 24, 8]);
  const twoNotes = [...ONE_NOTE, ...MIDDLE_C];

  it.each<[string, Partial<MidiLimits>, readonly number[]]>([
    ['midi_limit_size', { sizeBytes: 34 }, MIDDLE_C],
    ['midi_limit_events', { events: 4 }, twoNotes],
    ['midi_limit_notes', { notes: 1 }, twoNotes],
    ['midi_limit_tracks', { tracks: 1 }, [...ONE_NOTE, 0, 0xc0, 5, ...MIDDLE_C]],
    ['midi_limit_text', { textEvents: 1 }, [...meta(1, [65]), ...meta(1, [66]), ...MIDDLE_C]],
    ['midi_limit_text', { textBytes: 3 }, [...meta(5, [65, 66]), ...meta(3, [66, 67]), ...MIDDLE_C]],
    ['midi_limit_duration', { durationSeconds: 0.49 }, MIDDLE_C],
    ['midi_limit_bars', { bars: 1 }, [...signature(1, 3), ...MIDDLE_C]],
    ['midi_limit_bars', { bars: 1 }, [...signature(4, 2), ...signature(3, 2), ...MIDDLE_C]],
    ['midi_limit_bars', { beats: 32 }, [...signature(255, 7), ...MIDDLE_C]],
  ])('%s is refused beyond %o', (code, limits, body) => {
    const bytes = smf([body]);
    expect(codeOf(bytes, { ...DEFAULT_LIMITS, ...limits })).toBe(code);
    expect(codeOf(bytes)).toBeUndefined();
  });

  it('a file at its limits is read', () => {
    const bytes = smf([twoNotes]);
    const limits = { sizeBytes: bytes.length, events: 5, notes: 2, tracks: 1, durationSeconds: 1, bars: 1, beats: 3 };
    expect(codeOf(bytes, { ...DEFAULT_LIMITS, ...limits })).toBeUndefined();
  });

  it('a gap of 77 hours is refused by default, and 24 hours are not', () => {
    const gap = (ticks: number) => smf([[...vlq(ticks), ...MIDDLE_C.slice(1)]]);
    expect(codeOf(gap(2 ** 28 - 1))).toBe('midi_limit_duration');
    expect(codeOf(gap(86_399 * 2 * 480))).toBeUndefined();
  });
});

describe('what symusic does, where no golden file shows it', () => {
  it('pairs notes first in first out per channel and pitch, whatever the program', () => {
    const body = [0, 0x90, 60, 1, 10, 60, 2, 10, 0xc0, 5, 0, 0x90, 60, 3, 10, 60, 0, 10, 60, 0, 10, 60, 0, 10, 60, 0];
    const score = decoded(smf([[...body, ...END_OF_TRACK]]));
    expect(score.tracks.map(({ program }) => program)).toEqual([0, 5]);
    expect(score.tracks.map(({ notes }) => rowsOf(notes))).toEqual([
      [
        [0, 30, 60, 1],
        [10, 30, 60, 2],
      ],
      [[20, 30, 60, 3]],
    ]);
  });

  it('a program change does not reach into a MIDI track that has its own', () => {
    const score = decoded(
      smf([
        [0, 0xc0, 9, ...MIDDLE_C],
        [0, 0xc0, 0, ...MIDDLE_C],
      ]),
    );
    expect(score.tracks.map(({ program, midiTrack }) => [program, midiTrack])).toEqual([
      [9, 0],
      [0, 1],
    ]);
    expect(score.repairs).toEqual({});
  });

  it('controls before any note go to the next track made on their channel, after the last they are dropped', () => {
    const early = [0, 0xb0, 7, 100, 0, 0xc0, 4, 0, 0xb0, 10, 64];
    const late = [0, 0xc0, 6, 0, 0xb0, 7, 50];
    const score = decoded(smf([[...early, ...ONE_NOTE, ...late, ...END_OF_TRACK]]));
    expect(score.tracks.map(({ program, controls }) => [program, ...controls.number])).toEqual([[4, 7, 10]]);
    expect(score.endTick).toBe(480);
  });

  it('tracks come by channel, then program, with the last name of the MIDI track; channel 10 is drums', () => {
    const name = (text: string) => meta(3, ascii(text));
    const body = [0, 0x99, 36, 9, 0, 0xc2, 8, 0, 0x92, 1, 1, 0, 0xc2, 3, 0, 0x92, 2, 1];
    const offs = [5, 0x89, 36, 0, 0, 0x82, 1, 0, 0, 2, 0];
    const score = decoded(smf([[...name('first'), ...body, ...offs, ...name('last'), ...END_OF_TRACK]]));
    expect(score.tracks.map(({ channel, program, isDrum, name: label }) => [channel, program, isDrum, label])).toEqual([
      [2, 3, false, 'last'],
      [2, 8, false, 'last'],
      [9, 0, true, 'last'],
    ]);
  });

  it('lyrics make a track on channel 16; an empty lyric alone makes none', () => {
    const score = decoded(
      smf([
        [...meta(5, ascii('la')), ...meta(5, [], 7), ...END_OF_TRACK],
        [...meta(5, []), ...END_OF_TRACK],
      ]),
    );
    expect(score.tracks.map(({ channel, lyrics, isDrum }) => ({ channel, lyrics, isDrum }))).toEqual([
      { channel: 15, lyrics: [{ tick: 0, text: 'la' }], isDrum: false },
    ]);
  });

  it('for its ids, a pedal-off on channels 2 to 16 ends a pedal that began at 0; the facts are right', () => {
    const pedals = (channel: number, pedal: readonly number[]) => {
      const body = [5, 0xb0 | channel, 64, ...pedal, 0, 0x90 | channel, 60, 1, 1, 60, 0];
      const first = decoded(smf([[...body, ...END_OF_TRACK]])).tracks[0];
      const pairs = (list: Pedals | undefined) =>
        list && Array.from(list.onset, (onset, i) => [onset, list.duration[i]]);
      return [pairs(first?.pedals), pairs(first?.symusicPedals)];
    };
    const twice = [127, 5, 64, 0, 5, 64, 127, 5, 64, 0];
    const right = [
      [5, 5],
      [15, 5],
    ];
    expect(pedals(0, twice)).toEqual([right, undefined]);
    expect(pedals(3, twice)).toEqual([right, [[0, 10], right[1]]]);
    expect(pedals(0, [0])).toEqual([[], undefined]);
    expect(pedals(3, [0])).toEqual([[], [[0, 5]]]);
    expect(pedals(0, [127])).toEqual([[[5, 1]], []]);
  });

  it('tempos at one tick stay in file order, over tracks', () => {
    const tempos = Array.from({ length: 22 }, (_, i) => tempo(500_000 - i)).flat();
    const score = decoded(
      smf([
        [...tempo(20_000, 10), ...END_OF_TRACK],
        [...tempos, ...END_OF_TRACK],
      ]),
    );
    expect(Array.from(score.tempos.tick)).toEqual([...Array<number>(22).fill(0), 10]);
    expect(Array.from(score.tempos.microsecondsPerQuarter)).toEqual([
      ...Array.from({ length: 22 }, (_, i) => 500_000 - i),
      20_000,
    ]);
  });

  it('texts, copyright, instrument names and cues are kept in file order, markers apart', () => {
    const body = [
      [2, 'c'],
      [1, 't'],
      [6, 'm'],
      [4, 'i'],
      [7, 'q'],
      [9, 'device'],
    ] as const;
    const score = decoded(smf([[...body.flatMap(([type, text]) => meta(type, ascii(text), 1)), ...END_OF_TRACK]]));
    expect(score.texts).toEqual([
      { tick: 1, text: 'c' },
      { tick: 2, text: 't' },
      { tick: 4, text: 'i' },
      { tick: 5, text: 'q' },
    ]);
    expect(score.markers).toEqual([{ tick: 3, text: 'm' }]);
  });

  it('a pitch bend whose low byte is over 127 is taken as it is while the sum is in range', () => {
    const score = decoded(smf([[0, 0xe0, 200, 0, ...MIDDLE_C]]));
    expect(score.tracks[0]?.pitchBends.value).toEqual(Int16Array.of(200 - 8192));
    expect(score.repairs).toEqual({});
  });
});

describe('scores that follow each other', () => {
  it('share nothing: a refused file leaves no trace in the next', () => {
    const open = [0, 0xc0, 7, 0, 0x90, 60, 64, 0, 0xb0, 7, 1];
    expect(codeOf(smf([[...open, 0xff, 0xff, 0xff, 0xff, 0]]))).toBe('midi_bad_vlq');
    const before = decoded(smf([MIDDLE_C]));
    const copy = structuredClone(before);
    const after = decoded(smf([[...ONE_NOTE, ...ONE_NOTE, ...MIDDLE_C]]));
    expect(before).toEqual(copy);
    expect(before.tracks[0]?.program).toBe(0);
    expect(after.tracks[0]?.notes.onset).toHaveLength(3);
  });

  it('decodes a view into a larger buffer like the bytes alone', () => {
    const bytes = smf([MIDDLE_C]);
    const padded = Buffer.concat([Buffer.from('MThd'), bytes, Buffer.from('MTrk')]);
    expect(decodeMidi(padded.subarray(4, 4 + bytes.length))).toEqual(decodeMidi(bytes));
  });
});

function decoded(bytes: Uint8Array): Score {
  const outcome = decodeMidi(bytes);
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.score;
}

function codeOf(bytes: Uint8Array, limits: MidiLimits = DEFAULT_LIMITS): string | undefined {
  const outcome = decodeMidi(bytes, limits);
  return outcome.ok ? undefined : outcome.error.code;
}

function notesOf(score: Score): number[][] {
  return score.tracks.flatMap(({ notes }) => rowsOf(notes));
}

function rowsOf({ onset, duration, pitch, velocity }: Notes): number[][] {
  return Array.from(onset, (start, i) => [start, duration[i] ?? -1, pitch[i] ?? -1, velocity[i] ?? -1]);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { examineMidi } from '../../src/midi/examine-midi.ts';
import type { Score, Track } from '../../src/midi/score.ts';
import { problemsOf } from './check-score.ts';
import { ascii, END_OF_TRACK, meta, smf, vlq } from './smf-bytes.ts';

/** A channel message or a lyric, `delta` ticks after the one before. */
interface Event {
  readonly kind: 'on' | 'off' | 'control' | 'program' | 'bend' | 'lyric' | 'sysex' | 'packet' | 'meta' | 'aftertouch';
  readonly delta: number;
  readonly channel: number;
  readonly first: number;
  readonly second: number;
}

/** Tracks have ports of their own, so that none speaks of another's channels. Few channels, pitches and programs, so that they meet often; long and zero deltas. */
const event: fc.Arbitrary<Event> = fc.record({
  kind: fc.constantFrom(
    ...(['on', 'on', 'on', 'off', 'off', 'off', 'control', 'program', 'bend', 'lyric'] as const),
    ...(['sysex', 'packet', 'meta', 'aftertouch'] as const),
  ),
  delta: fc.oneof(fc.constant(0), fc.nat(300), fc.constantFrom(127, 128, 16_383, 16_384, 2_097_151, 2_097_152)),
  channel: fc.constantFrom(0, 3, 9, 15),
  first: fc.constantFrom(0, 60, 61, 64, 127),
  second: fc.nat(127),
});
const tracks = fc.array(fc.array(event, { maxLength: 60 }), { maxLength: 4 });

describe('any tracks of valid events', () => {
  it('are read as a plain implementation of the rules reads them, with and without running status', () => {
    fc.assert(
      fc.property(tracks, (lists) => {
        const expected = lists.flatMap((events, midiTrack) => plainTracks(events, midiTrack));
        for (const isRunning of [false, true]) {
          const bodies = lists.map((events, port) => [...meta(0x21, [port]), ...bytesOf(events, isRunning)]);
          const score = decoded(smf(bodies.map((body) => [...body, ...END_OF_TRACK])));
          expect(score.tracks.map(describeTrack)).toEqual(expected);
          expect(problemsOf(score)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('cut and damaged, are mended so that they read the same without a repair', () => {
    const damage = fc.record({ at: fc.nat(400), byte: fc.nat(255), cut: fc.nat(400) });
    fc.assert(
      fc.property(tracks, damage, (lists, { at, byte, cut }) => {
        const whole = smf(lists.map((events) => [...bytesOf(events, true), ...END_OF_TRACK]));
        const bytes = cut < whole.length && cut % 3 === 0 ? whole.slice(0, cut) : whole;
        if (at < bytes.length) bytes[at] = byte;
        const { outcome, mended } = examineMidi(bytes);
        if (!outcome.ok || mended === undefined) return;
        const { repairs: _, format: _format, textEncoding: _encoding, ...before } = outcome.score;
        const { repairs, format: _other, ...after } = decoded(mended);
        expect(repairs).toEqual({});
        expect(after).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('are mended with what takes back the program of a third track', () => {
    const file = Buffer.from(
      '00546864000000060001000301e04d54726b000000077fc30000ff2f004d54726b0000000b0093000100c33d00ff2f00' +
        '4d54726b0000000c7f9000010093000100ff2f00',
      'hex',
    );
    const { mended } = examineMidi(file);
    expect(mended && decoded(mended)).toMatchObject({
      repairs: {},
      tracks: [{ program: 0 }, { program: 0 }, { program: 0 }],
    });
  });

  it('are mended without taking a control from a track whose lyric it came before', () => {
    const bend = [0, 0xef, 0, 0];
    const late = [0, 0xcf, 60, 127, 0xbf, 0, 0];
    const file = smf([
      [0, 0x9f, 0, 1, ...END_OF_TRACK],
      [...bend, ...meta(5, []), ...late, ...END_OF_TRACK],
    ]);
    file[0] = 0;
    const { outcome, mended } = examineMidi(file);
    if (!outcome.ok || mended === undefined) throw new Error('it is mended');
    const { tracks, repairs } = decoded(mended);
    expect(repairs).toEqual({});
    expect(tracks).toEqual(outcome.score.tracks);
  });

  it('cut after any byte, end in a sound score or a code', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 8 }), fc.boolean(), (events, isRunning) => {
        const bytes = smf([[...bytesOf(events, isRunning), ...END_OF_TRACK]]);
        for (let length = 0; length < bytes.length; length++) {
          const outcome = decodeMidi(bytes.subarray(0, length));
          if (outcome.ok) {
            expect(problemsOf(outcome.score)).toEqual([]);
            expect(outcome.score.repairs).not.toEqual({});
          } else expect(outcome.error.code).toMatch(/^midi_(not_smf|truncated_header)$/);
        }
      }),
    );
  });
});

describe('any bytes at all', () => {
  it('after a valid header end in a sound score or a code', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 3 }), fc.nat(0xffff), (bodies, division) => {
        const outcome = decodeMidi(
          smf(
            bodies.map((body) => [...body]),
            { division },
          ),
        );
        if (outcome.ok) expect(problemsOf(outcome.score)).toEqual([]);
        else expect(outcome.error.code).not.toBe('midi_internal');
      }),
      { numRuns: 2000 },
    );
  });
});

const STATUS = { on: 0x90, off: 0x80, control: 0xb0, program: 0xc0, bend: 0xe0 } as const;

function bytesOf(events: readonly Event[], isRunning: boolean): number[] {
  let running = 0;
  return events.flatMap(({ kind, delta, channel, first, second }) => {
    // Messages that are in no score; those of the system end the running status.
    if (kind === 'meta') return meta(second < 64 ? 0x7f : 0x01, [first, second], delta);
    if (kind === 'sysex' || kind === 'packet') {
      running = 0;
      return [...vlq(delta), kind === 'sysex' ? 0xf0 : 0xf7, 3, first, second, 0xf7];
    }
    if (kind === 'aftertouch') {
      running = 0xa0 | channel;
      return [...vlq(delta), running, first, second];
    }
    if (kind === 'lyric') return meta(5, second < 20 ? [] : ascii(`l${second}`), delta);
    // A note-on of velocity 0 is a note-off: under running status all note-offs are written that way.
    const status = (isRunning && kind === 'off' ? STATUS.on : STATUS[kind]) | channel;
    const velocity = kind === 'off' ? 0 : kind === 'on' ? Math.max(1, second) : second;
    const data = kind === 'program' ? [first] : [first, velocity];
    const head = isRunning && status === running ? [] : [status];
    running = status;
    return [...vlq(delta), ...head, ...data];
  });
}

interface PlainNote {
  readonly onset: number;
  readonly pitch: number;
  readonly velocity: number;
  end?: number;
}

/** The rules of MIDITOK.md 1.4 to 1.6 with objects, maps and searches. */
function plainTracks(events: readonly Event[], midiTrack: number) {
  const groups = new Map<string, ReturnType<typeof emptyGroup>>();
  const stragglers = new Map<number, ReturnType<typeof emptyGroup>>();
  const programs = new Map<number, number>();
  const open: { note: PlainNote; channel: number }[] = [];
  const lastOff = new Map<string, number>();
  const pedals = new Map<number, { since: number; group: ReturnType<typeof emptyGroup> }>();
  const symusicPedals = new Map(Array.from({ length: 15 }, (_, i) => [i + 1, 0]));
  const programOf = (channel: number) => programs.get(channel) ?? 0;
  const find = (channel: number) => groups.get(`${channel} ${programOf(channel)}`);
  const claim = (channel: number) => {
    const found = find(channel);
    if (found !== undefined) return found;
    const group = { ...(stragglers.get(channel) ?? emptyGroup(channel)), program: programOf(channel) };
    stragglers.delete(channel);
    groups.set(`${channel} ${group.program}`, group);
    return group;
  };
  const takeControl = (channel: number) => {
    const group = find(channel) ?? stragglers.get(channel) ?? emptyGroup(channel);
    if (find(channel) === undefined) stragglers.set(channel, group);
    return group;
  };
  let tick = 0;
  for (const { kind, delta, channel, first, second } of events) {
    tick += delta;
    if (kind === 'program') programs.set(channel, first);
    if (kind === 'on') {
      const note: PlainNote = { onset: tick, pitch: first, velocity: Math.max(1, second) };
      claim(channel).notes.push(note);
      open.push({ note, channel });
    }
    if (kind === 'off') {
      const index = open.findIndex(({ note, channel: other }) => other === channel && note.pitch === first);
      const [closed] = index < 0 ? [] : open.splice(index, 1);
      if (closed !== undefined) {
        closed.note.end = tick;
        lastOff.set(`${channel} ${first}`, tick);
      }
    }
    if (kind === 'bend') takeControl(channel).bends.push([tick, first + 128 * second - 8192]);
    if (kind === 'lyric') {
      const group = claim(15);
      if (second >= 20) group.lyrics.push({ tick, text: `l${second}` });
    }
    if (kind === 'control') {
      const group = takeControl(channel);
      group.controls.push([tick, first, second]);
      const down = pedals.get(channel);
      const since = symusicPedals.get(channel);
      if (first === 64 && second < 64) {
        if (down !== undefined) group.pedals.push([down.since, tick - down.since]);
        if (since !== undefined) group.symusicPedals.push([since, tick - since]);
        pedals.delete(channel);
        symusicPedals.delete(channel);
      } else if (first === 64) {
        if (down === undefined) pedals.set(channel, { since: tick, group });
        if (since === undefined) symusicPedals.set(channel, tick);
      }
      if (first === 127) {
        for (const { note, channel: other } of open) if (other === channel) note.end = tick;
        for (const { note } of open) if (note.end !== undefined) lastOff.set(`${channel} ${note.pitch}`, tick);
        open.splice(0, open.length, ...open.filter(({ note }) => note.end === undefined));
      }
    }
  }
  for (const { note, channel } of open) {
    const off = lastOff.get(`${channel} ${note.pitch}`) ?? 0;
    note.end = off > note.onset ? off : tick;
  }
  const kept = [...groups.values()];
  const endTick = Math.max(
    0,
    ...kept.flatMap(({ notes }) => notes.map(({ end = 0 }) => end)),
    ...kept.flatMap(({ controls, bends, lyrics }) =>
      [...controls, ...bends, ...lyrics.map((lyric) => [lyric.tick])].map(([at = 0]) => at),
    ),
  );
  for (const { since, group } of pedals.values()) {
    const owner = kept.find(({ pedals: list }) => list === group.pedals);
    owner?.pedals.push([since, endTick - since]);
  }
  return [...groups.values()]
    .filter(({ notes, controls, bends, lyrics }) => notes.length + controls.length + bends.length + lyrics.length > 0)
    .sort((a, b) => a.channel - b.channel || a.program - b.program)
    .map(({ notes, ...group }) => ({
      ...group,
      midiTrack,
      notes: notes.flatMap(({ onset, end, pitch, velocity }) =>
        end === undefined ? [] : [[onset, end - onset, pitch, velocity]],
      ),
    }));
}

function emptyGroup(channel: number) {
  return {
    channel,
    program: -1,
    notes: [] as PlainNote[],
    controls: [] as number[][],
    bends: [] as number[][],
    pedals: [] as number[][],
    symusicPedals: [] as number[][],
    lyrics: [] as { tick: number; text: string }[],
  };
}

function describeTrack(track: Track) {
  const { channel, program, midiTrack, notes, controls, pitchBends, pedals, lyrics } = track;
  const symusicPedals = track.symusicPedals ?? pedals;
  return {
    channel,
    program,
    midiTrack,
    notes: rows(notes.onset, notes.duration, notes.pitch, notes.velocity),
    controls: rows(controls.tick, controls.number, controls.value),
    bends: rows(pitchBends.tick, pitchBends.value),
    pedals: rows(pedals.onset, pedals.duration),
    symusicPedals: rows(symusicPedals.onset, symusicPedals.duration),
    lyrics,
  };
}

function rows(...columns: readonly ArrayLike<number>[]): number[][] {
  return Array.from({ length: columns[0]?.length ?? 0 }, (_, i) => columns.map((column) => column[i] ?? Number.NaN));
}

function decoded(bytes: Uint8Array): Score {
  const outcome = decodeMidi(bytes);
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.score;
}

import { ascii, END_OF_TRACK, header, meta, tempo, track, vlq } from '../../test/midi/smf-bytes.ts';
import { bass, conductor, fileOf, lead, melody, notesOf, type Part } from './music.ts';
import { type ExpectedNote, type OddFile, oddFile } from './odd-file.ts';

const ONE_INSTRUMENT = 'MIDI 1.0: a channel has one program and one set of controllers, whatever track they are in';
const CHANNELS = [0, 1, 9, 15];

/** Files whose tracks speak of each other's channels. */
export function channelFaults(): readonly OddFile[] {
  return CHANNELS.flatMap((channel) => [
    ...programs(channel),
    ...controls(channel),
    ...pedals(channel),
    ...ends(channel),
  ]);
}

function plain(channel: number, program = 0): Part {
  return melody({ ...lead, channel, program, isRunning: true });
}

function played({ notes }: Part, program: number): readonly ExpectedNote[] {
  return notes.map(([onset, duration, pitch, velocity, channel]) => [
    onset,
    duration,
    pitch,
    velocity,
    channel,
    program,
  ]);
}

function programs(channel: number): readonly OddFile[] {
  const set = (program: number, delta = 0): Part => ({ body: [...vlq(delta), 0xc0 | channel, program], notes: [] });
  const own = plain(channel, 40);
  const silent = plain(channel);
  const port = (number: number, { body, notes }: Part): Part => ({ body: [...meta(0x21, [number]), ...body], notes });
  const file = (name: string, parts: readonly Part[], notes: readonly ExpectedNote[], count: number) =>
    oddFile(`${name}, channel ${channel}`, fileOf(parts), {
      wrong: name,
      why: ONE_INSTRUMENT,
      notes,
      repairs: count === 0 ? {} : { program_from_other_track: count },
    });
  const later = silent.notes.map(
    ([onset, ...rest], index): ExpectedNote => [onset, rest[0], rest[1], rest[2], rest[3], index >= 3 ? 24 : 0],
  );
  return [
    file('a conductor track that sets the program', [set(24), silent], played(silent, 24), 1),
    file('a last track that sets the program', [silent, set(24)], played(silent, 24), 1),
    file('a conductor track that sets program 0', [set(0), silent], silent.notes, 0),
    file('a conductor track that sets the same program', [set(40), own], own.notes, 0),
    file('a conductor track that sets another program at the start', [set(24), own], own.notes, 0),
    file('a conductor track that changes the program later', [set(24, 3 * lead.length), silent], later, 1),
    file(
      'a program set by another track that plays the channel',
      [own, silent],
      [...own.notes, ...played(silent, 40)],
      1,
    ),
    file(
      'two tracks with programs of their own',
      [own, plain(channel, 7)],
      [...own.notes, ...plain(channel, 7).notes],
      0,
    ),
    file('a program on another port', [port(1, set(24)), port(0, silent)], silent.notes, 0),
    file('a program on the same port', [port(1, set(24)), port(1, silent)], played(silent, 24), 1),
  ];
}

function controls(channel: number): readonly OddFile[] {
  const part = plain(channel);
  const setUp = (...bytes: readonly number[]): Part => ({ body: bytes, notes: [] });
  const file = (name: string, parts: readonly Part[], count: number) =>
    oddFile(`${name}, channel ${channel}`, fileOf(parts), {
      wrong: name,
      why: ONE_INSTRUMENT,
      notes: notesOf(parts),
      repairs: count === 0 ? {} : { controls_from_other_track: count },
    });
  const volume = [0, 0xb0 | channel, 7, 100];
  const bend = [0, 0xe0 | channel, 0, 70];
  return [
    file('a volume in a conductor track', [setUp(...volume), part], 1),
    file('a volume and a bend in a last track', [part, setUp(...volume, ...bend)], 2),
    file('a volume of a channel that nobody plays', [setUp(0, 0xb0 | ((channel + 1) % 16), 7, 100), part], 0),
    file('a volume in a track that plays', [{ body: [...volume, ...part.body], notes: part.notes }], 0),
    file('controls of two tracks for one that plays', [setUp(...volume), part, setUp(...bend)], 2),
  ];
}

function pedals(channel: number): readonly OddFile[] {
  const part = plain(channel);
  const pedal = (...events: readonly (readonly [number, number])[]) =>
    events.flatMap(([delta, value]) => [...vlq(delta), 0xb0 | channel, 64, value]);
  const right = 'MIDI 1.0: controller 64, from 64 up is down; nothing is down at the start';
  const file = (name: string, parts: readonly Part[], presses: readonly (readonly [number, number])[], count = 0) =>
    oddFile(`${name}, channel ${channel}`, fileOf(parts), {
      wrong: name,
      why: right,
      notes: notesOf(parts),
      pedals: presses,
      repairs: count === 0 ? {} : { controls_from_other_track: count },
    });
  const within = (bytes: readonly number[]): Part => melody({ ...lead, channel, isRunning: false }, { note: 2, bytes });
  return [
    file('a pedal that is only let go', [within(pedal([0, 0]))], []),
    file('a pedal that is pressed late', [within(pedal([0, 127], [0, 0]))], [[480, 0]]),
    file('a pedal that is pressed twice', [within(pedal([0, 127], [0, 100], [0, 0]))], [[480, 0]]),
    file('a pedal that stays down', [within(pedal([0, 64]))], [[480, 960]]),
    file('a pedal half down', [within(pedal([0, 63]))], []),
    file(
      'a pedal in a track of its own',
      [part, { body: pedal([10, 127], [100, 0], [100, 127], [50, 0]), notes: [] }],
      [
        [10, 100],
        [210, 50],
      ],
      4,
    ),
  ];
}

function ends(channel: number): readonly OddFile[] {
  const on = 0x90 | channel;
  const control = (number: number) => [0xb0 | channel, number, 0];
  const note = (onset: number, duration: number, pitch: number): ExpectedNote => [
    onset,
    duration,
    pitch,
    64,
    channel,
    0,
  ];
  const file = (
    name: string,
    body: readonly number[],
    notes: readonly ExpectedNote[],
    repairs: OddFile['repairs'],
    why: string,
    others: readonly Part[] = [],
  ) =>
    oddFile(`${name}, channel ${channel}`, fileOf([{ body, notes: [] }, ...others]), {
      wrong: name,
      why,
      notes,
      repairs,
    });
  const mode =
    'MIDI 1.0, Channel Mode Messages: 120, 123 and, as they imply it, 124 to 127 end the notes of the channel';
  return [
    ...[120, 123, 124, 125, 126, 127].map((number) =>
      file(
        `notes ended by CC ${number}`,
        [0, on, 60, 64, 0, 64, 64, 100, ...control(number)],
        [note(0, 100, 60), note(0, 100, 64)],
        { note_ended_by_control: 2 },
        mode,
      ),
    ),
    ...[121, 122].map((number) =>
      file(
        `CC ${number} while a note sounds`,
        [0, on, 60, 64, 100, ...control(number), 100, on, 60, 0],
        [note(0, 200, 60)],
        {},
        'MIDI 1.0: it ends no notes',
      ),
    ),
    file(
      'CC 123 before a note-off',
      [0, on, 60, 64, 100, ...control(123), 100, on, 60, 0],
      [note(0, 100, 60)],
      { note_ended_by_control: 1 },
      mode,
    ),
    file(
      'CC 123 between two notes of a key',
      [0, on, 60, 64, 100, ...control(123), 100, on, 60, 64, 50, 60, 0],
      [note(0, 100, 60), note(200, 50, 60)],
      { note_ended_by_control: 1 },
      mode,
    ),
    file('CC 123 after all notes', [0, on, 60, 64, 100, 60, 0, 0, ...control(123)], [note(0, 100, 60)], {}, mode),
    file(
      'CC 123 on another channel',
      [0, on, 60, 64, 50, 0xb0 | ((channel + 1) % 16), 123, 0, 50, on, 60, 0],
      [note(0, 100, 60)],
      {},
      mode,
    ),
    file(
      'CC 123 in another track',
      [0, on, 60, 64, ...meta(1, [65], 300)],
      [note(0, 100, 60)],
      { controls_from_other_track: 1, note_ended_by_control: 1 },
      ONE_INSTRUMENT,
      [{ body: [100, ...control(123)], notes: [] }],
    ),
    file(
      'a note that nothing ends',
      [0, on, 60, 64, 0, 62, 64, 100, 62, 0, ...meta(1, [65], 60)],
      [note(0, 160, 60), note(0, 100, 62)],
      { unmatched_note_on: 1 },
      'players let it sound to the end of the track',
    ),
    file(
      'two note-ons and one note-off',
      [0, on, 60, 64, 50, 60, 64, 100, 60, 0, ...meta(1, [65], 600)],
      [note(0, 150, 60), note(50, 100, 60)],
      { unmatched_note_on: 1 },
      'a note-off ends all notes of its key',
    ),
    file(
      'a doubled note-on',
      [0, on, 60, 64, 0, 60, 64, 100, 60, 0, ...meta(1, [65], 600)],
      [note(0, 100, 60), note(0, 100, 60)],
      { unmatched_note_on: 1 },
      'a note-off ends all notes of its key',
    ),
    file(
      'a repeated note whose second has no end',
      [0, on, 60, 64, 100, 60, 0, 0, 60, 64, ...meta(1, [65], 70)],
      [note(0, 100, 60), note(100, 70, 60)],
      { unmatched_note_on: 1 },
      'a note-off ends only what sounds',
    ),
    file(
      'overlapping notes of a key',
      [0, on, 60, 64, 50, 60, 64, 50, 60, 0, 50, 60, 0],
      [note(0, 100, 60), note(50, 100, 60)],
      {},
      'first in, first out, as most readers pair',
    ),
    file('a note of no length', [0, on, 60, 64, 0, 60, 0], [note(0, 0, 60)], {}, 'it is a note'),
    file(
      'velocity 0',
      [0, on, 60, 64, 100, on, 60, 0],
      [note(0, 100, 60)],
      {},
      'MIDI 1.0: a note-on of velocity 0 is a note-off',
    ),
    file(
      'a note-off that repeats',
      [0, on, 60, 64, 100, 60, 0, 0, 60, 0, 0, 60, 0],
      [note(0, 100, 60)],
      {},
      'players ignore it',
    ),
    file(
      'data bytes over 127',
      [0, on, 200, 64, 100, on, 200, 0],
      [note(0, 100, 127)],
      { data_byte_clamped: 2 },
      'MIDI 1.0: data bytes have 7 bits; players cut them off',
    ),
  ];
}

/** Independent patterns, and files written one after the other. */
export function patternFaults(): readonly OddFile[] {
  const patterns = [lead, bass, { ...lead, channel: 3, program: 12 }].map((part) =>
    melody({ ...part, isRunning: false }),
  );
  const ends = patterns.map(({ notes }) => Math.max(...notes.map(([onset, duration]) => onset + duration)));
  const starts = ends.map((_, index) => ends.slice(0, index).reduce((sum, end) => sum + end, 0));
  const inSequence = (count: number) =>
    patterns
      .slice(0, count)
      .flatMap(({ notes }, index) =>
        notes.map(([onset, ...rest]): ExpectedNote => [onset + (starts[index] ?? 0), ...rest]),
      );
  const format2 = 'SMF 1.0: format 2 holds independent patterns; players play the first or one after the other';
  const withTempo = (part: Part, value: number): Part => ({
    ...part,
    body: [...tempo(value), ...meta(0x58, [3, 2, 24, 8]), ...part.body],
  });
  return [
    ...[2, 3].map((count) =>
      oddFile(`format 2 with ${count} patterns`, fileOf(patterns.slice(0, count), { format: 2 }), {
        wrong: 'independent patterns',
        why: format2,
        notes: inSequence(count),
        repairs: { independent_patterns: count - 1 },
      }),
    ),
    oddFile('format 2 with one pattern', fileOf(patterns.slice(0, 1), { format: 2 }), {
      wrong: 'nothing',
      why: format2,
      notes: inSequence(1),
      repairs: {},
    }),
    oddFile(
      'format 2 whose first pattern has a tempo',
      fileOf([withTempo(patterns[0] ?? conductor, 300_000), ...patterns.slice(1)], { format: 2 }),
      {
        wrong: 'tempos of independent patterns',
        why: format2,
        notes: inSequence(3),
        repairs: { independent_patterns: 2 },
      },
    ),
    oddFile(
      'format 2 with a program in its first pattern',
      fileOf(
        [{ body: [0, 0xc1, 5], notes: [] }, patterns[1] ?? conductor].map(({ body, notes }) => ({ body, notes })),
        { format: 2 },
      ),
      {
        wrong: 'independent patterns',
        why: format2,
        notes: patterns[1]?.notes ?? [],
        repairs: { independent_patterns: 1 },
      },
    ),
    ...[2, 3].map((count) =>
      oddFile(
        `${count} files one after the other`,
        patterns.slice(0, count).flatMap((part) => fileOf([part], { format: 0 })),
        {
          wrong: 'files written one after the other',
          why: 'the second header has tracks of its own; each is a piece',
          notes: inSequence(count),
          repairs: { independent_patterns: count - 1 },
        },
      ),
    ),
  ];
}

/** Divisions of time, and lists that symusic sorts otherwise. */
export function timeFaults(): readonly OddFile[] {
  const part = melody({ ...lead, isRunning: true });
  const smpte = [0xe8, 0xe7, 0xe3, 0xe2].flatMap((frames) => [4, 40, 80, 100].map((ticks) => (frames << 8) | ticks));
  const tempos = (values: readonly number[]): Part => ({ body: values.flatMap((value) => tempo(value)), notes: [] });
  return [
    ...smpte.map((division) =>
      oddFile(`SMPTE division ${division.toString(16)}`, fileOf([part], { format: 0, division }), {
        wrong: 'SMPTE time',
        why: 'SMF 1.0, division: negative frames a second, ticks a frame',
        notes: part.notes,
        repairs: { smpte_division: 1 },
      }),
    ),
    ...[1, 24, 96, 15_360, 32_767].map((division) =>
      oddFile(`${division} ticks a quarter`, fileOf([part], { format: 0, division }), {
        wrong: 'nothing',
        why: 'SMF 1.0, division',
        notes: part.notes,
        repairs: {},
      }),
    ),
    oddFile(
      '24 tempos at one tick',
      fileOf([tempos(Array.from({ length: 24 }, (_, index) => 400_000 + index)), part]),
      {
        wrong: 'many tempos at one tick',
        why: 'the last message counts',
        notes: part.notes,
        repairs: { same_tick_order: 23 },
      },
    ),
    oddFile('30 equal tempos at one tick', fileOf([tempos(Array(30).fill(400_000)), part]), {
      wrong: 'many tempos at one tick',
      why: 'they are the same',
      notes: part.notes,
      repairs: {},
    }),
    oddFile(
      '10 tempos at one tick',
      fileOf([tempos(Array.from({ length: 10 }, (_, index) => 400_000 + index)), part]),
      {
        wrong: 'tempos at one tick',
        why: 'the last message counts',
        notes: part.notes,
        repairs: {},
      },
    ),
    oddFile(
      'a delta time of 2^28 - 1 at 32,767 ticks a quarter',
      [
        ...header({ format: 0, division: 32_767 }),
        ...track([...vlq(2 ** 28 - 1), 0x90, 60, 64, 10, 60, 0, ...END_OF_TRACK]),
      ],
      {
        wrong: 'a gigantic delta time',
        why: 'SMF 1.0: up to 0FFFFFFF',
        notes: [[2 ** 28 - 1, 10, 60, 64, 0, 0]],
        repairs: {},
      },
    ),
    oddFile(
      'a name after the notes',
      fileOf([{ body: [...part.body, ...meta(3, ascii('late'))], notes: part.notes }]),
      { wrong: 'nothing', why: 'SMF 1.0', notes: part.notes, names: ['late'], repairs: {} },
    ),
  ];
}

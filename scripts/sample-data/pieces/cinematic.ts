import { groove } from '../drums.ts';
import { chordAt, frame } from '../frame.ts';
import { GM } from '../instruments.ts';
import { pattern } from '../pattern.ts';
import { asRecorded, part, pedalEach, piece, rubato, swell } from '../piece.ts';
import type { Note, Piece } from '../score.ts';
import { dynamics, humanize, shift, strum, within } from '../transforms.ts';
import { tune } from '../tune.ts';

export function cinematicPieces(): Piece[] {
  return [filmStrings(), chase(), musicBox(), cradleSong(), marimbaPhases(), pianoImprovisation()];
}

function filmStrings(): Piece {
  const song = frame('4/4', 'D minor', 'Dm | Dm | Bb | Bb | Gm | Gm | A | A | Dm | F | Bb | C | Gm | Dm/F | A7 | D');
  const melody = tune(song, {
    form: 'a b a c',
    rhythms: { a: '3 1 | 2 2 | 3 1 | 4', b: '2 1 1 | 2 2 | 3 1 | 4', c: '2 1 1 | 2 2 | 4 | 4' },
    range: [67, 86],
    seed: 601,
  });
  const crescendo = swell([
    [0, 30],
    [16, 60],
    [32, 80],
    [56, 127],
    [64, 40],
  ]);
  const roll: Note[] = Array.from({ length: 32 }, (_, at) => ({
    at: 56 + at / 8,
    length: 0.125,
    pitch: 45,
    velocity: 40 + at * 2,
  }));
  return piece(
    song,
    [
      [0, 60],
      [32, 66],
      [48, 72],
      [56, 64],
      [60, 46],
    ],
    {
      slug: 'the-returning-ship',
      title: 'The Returning Ship',
      style: 'film strings',
      caption:
        'Film music: strings grow from a whisper in D minor, horns enter halfway, a timpani roll leads into the last chord, which turns to major. The tempo rises from 60 to 72 BPM and then broadens. Noble, longing, finally at peace.',
    },
    [
      part('Violins', GM.strings, melody, { expression: crescendo }),
      part('Violas', GM.tremoloStrings, pattern(song, 'c---', { chords: [55, 68], velocity: 60 }), {
        expression: crescendo,
      }),
      part('Celli and basses', GM.cello, pattern(song, 'R---', { bass: [36, 50], velocity: 76 }), {
        expression: crescendo,
      }),
      part('Horns', GM.horn, within(pattern(song, 'c---', { chords: [48, 62], velocity: 74 }), 32, 64)),
      part('Timpani', GM.timpani, [...roll, { at: 60, length: 4, pitch: 38, velocity: 110 }]),
    ],
  );
}

/** Eight bars of 7/8, eight of 4/4, four of 7/8: three frames in a row. */
function chase(): Piece {
  const first = frame('7/8', 'C minor', 'Cm | Cm | Ab | Ab | Fm | Fm | G | G');
  const second = frame('4/4', 'C minor', 'Cm | Eb | Ab | G | Cm | Eb | Fm | G');
  const third = frame('7/8', 'C minor', 'Cm | Ab | G | Cm');
  const starts = [0, first.length, first.length + second.length] as const;
  const sevens = { bass: [36, 48], velocity: 92, gate: 0.6 } as const;
  const low = [
    ...pattern(first, 'RRFRRFF', sevens),
    ...shift(pattern(second, 'RRFRRRFF', sevens), starts[1]),
    ...shift(pattern(third, 'RRFRRFF', { ...sevens, last: 'R------' }), starts[2]),
  ];
  const plucked = [
    ...pattern(first, '1232321', { chords: [60, 74], velocity: 66, gate: 0.5 }),
    ...shift(pattern(second, '12323432', { chords: [60, 74], velocity: 70, gate: 0.5 }), starts[1]),
    ...shift(pattern(third, '1232321', { chords: [60, 74], velocity: 74, gate: 0.5, last: 'c------' }), starts[2]),
  ];
  const theme = tune(second, {
    form: 'a b a c',
    rhythms: { a: '1.5 .5 1 1 | 2 1 1', b: '1 .5 .5 2 | 3 r1', c: '1 1 1 1 | 3 r1' },
    range: [58, 74],
    seed: 612,
    velocity: 104,
  });
  const drums = [
    ...groove({ lowTom: 'X..X.X.', snare: '.oo.o.o' }, 8, 3.5),
    ...groove({ lowTom: 'X..X..X.', snare: '.oX.o.Xo', crash: 'X.......|........' }, 8, 4, starts[1]),
    ...groove(
      { lowTom: 'X..X.X.|X..X.X.|X..X.X.|X......', crash: '.......|.......|.......|X......' },
      4,
      3.5,
      starts[2],
    ),
  ];
  return {
    ...piece(
      first,
      [
        [0, 152],
        [starts[1], 160],
        [starts[2], 168],
      ],
      {
        slug: 'rooftop-chase',
        title: 'Rooftop Chase',
        style: 'film chase',
        caption:
          'Breathless chase scene for orchestra, C minor, changing meters: 7/8 with pizzicato and low strings, then 4/4 as the brass take over the theme, then 7/8 again to a sudden stop. The tempo tightens from 152 to 168 BPM.',
      },
      [
        part('Brass', GM.brass, shift(theme, starts[1])),
        part('Pizzicato', GM.pizzicato, plucked),
        part('Low strings', GM.contrabass, low),
        part('Percussion', 'drums', drums),
      ],
    ),
    meters: [
      [0, '7/8'],
      [starts[1], '4/4'],
      [starts[2], '7/8'],
    ],
  };
}

function musicBox(): Piece {
  const song = frame('3/4', 'Db major', 'Db | Gb | Db | Ab7 | Db | Bbm | Ebm Ab7 | Db', 2);
  const melody = tune(song, {
    form: 'a b a C a b a d',
    rhythms: { a: '1 1 1 | 2 1', b: '1.5 .5 1 | 2 1', c: '1 1 1 | 3', d: '1 1 1 | 3' },
    range: [77, 92],
    seed: 623,
  });
  return piece(
    song,
    [
      [0, 84],
      [36, 80],
      [42, 70],
      [45, 54],
    ],
    {
      slug: 'music-box-lullaby',
      title: 'Music Box Lullaby',
      style: 'lullaby',
      language: 'zh',
      caption:
        '一首温柔的摇篮曲，由八音盒奏出旋律，竖琴轻轻伴奏。降D大调，三拍子，速度约84，结尾像发条走完一样渐渐慢下来。',
    },
    [
      part('Music box', GM.musicBox, melody),
      part(
        'Harp',
        GM.harp,
        pattern(song, 'R12321', { bass: [49, 60], chords: [61, 74], velocity: 50, last: 'x-----' }),
      ),
    ],
  );
}

function cradleSong(): Piece {
  const song = frame('6/8', 'E major', 'E | E | A | E | C#m | A | B7 | E | A | E | F#m | B7 | E | A | E/B B7 | E');
  const melody = tune(song, {
    form: 'a b a C d b d e',
    rhythms: {
      a: '1 .5 1 .5 | 1.5 1.5',
      b: '.5 .5 .5 1 .5 | 2.5 r.5',
      c: '1 .5 1 .5 | 3',
      d: '1.5 1 .5 | 1 .5 1.5',
      e: '1 .5 1.5 | 3',
    },
    range: [64, 80],
    seed: 634,
    velocity: 70,
  });
  return piece(
    song,
    66,
    {
      slug: 'cradle-song',
      title: 'Cradle Song',
      style: 'lullaby',
      caption: 'A lullaby for clarinet and vibraphone, rocking in 6/8, E major, very soft and slow.',
    },
    [
      part('Clarinet', GM.clarinet, humanize(melody, 635, 0.02, 5)),
      part('Vibraphone', GM.vibraphone, pattern(song, '123432', { chords: [52, 66], velocity: 46, last: 'x-----' }), {
        pedal: pedalEach(3, song.length),
      }),
    ],
  );
}

/** Both players have one figure; the second moves an eighth note ahead every two bars until they meet again. */
function marimbaPhases(): Piece {
  const song = frame('6/8', 'B major', 'Badd9', 14);
  const figure = [71, 78, 73, 75, 78, 71];
  const play = (offsetOf: (bar: number) => number): Note[] =>
    Array.from({ length: song.bars * figure.length }, (_, eighth) => {
      const bar = Math.floor(eighth / figure.length);
      const pitch = figure[(eighth + offsetOf(bar)) % figure.length] ?? 71;
      return { at: eighth / 2, length: 0.5, pitch, velocity: eighth % figure.length === 0 ? 84 : 70 };
    });
  return piece(
    song,
    192,
    {
      slug: 'two-marimbas',
      title: 'Two Marimbas',
      style: 'minimalism',
      caption:
        'Minimalist process music. Two marimbas play the same six-note figure in B major; every two bars the second one slips ahead by an eighth note, so that the pattern keeps shimmering and shifting until both meet again. Steady pulse in 6/8.',
    },
    [
      part(
        'Marimba 1',
        GM.marimba,
        play(() => 0),
      ),
      part(
        'Marimba 2',
        GM.marimba,
        shift(
          play((bar) => Math.floor(bar / 2) % figure.length),
          0,
          -12,
        ),
      ),
    ],
  );
}

function pianoImprovisation(): Piece {
  const song = frame('4/4', 'Gb major', 'Gbmaj9 | Ebm9 | Cbmaj7 | Dbsus4 | Gbmaj9 | Abm9 | Cbmaj7 Db | Gb');
  const melody = tune(song, {
    form: 'a b a c',
    rhythms: { a: 'r1 1 1 1 | 2 1.5 .5', b: '1.5 .5 2 | r1 .5 .5 2', c: '1 1 2 | 4' },
    range: [70, 90],
    seed: 645,
    velocity: 66,
  });
  const chords = strum(pattern(song, 'x-------', { bass: [36, 49], chords: [54, 70], velocity: 48 }), 0.09);
  const echoes = within(pattern(song, '...4.5.6', { chords: [61, 78], velocity: 38 }), 0, 28).filter((note) => {
    return chordAt(song, note.at).tones.includes(note.pitch % 12);
  });
  const written = piece(
    song,
    rubato(52, song.bars, 4),
    {
      slug: 'piano-at-night',
      title: 'Piano at Night',
      style: 'ambient piano',
      caption:
        'Freely improvised ambient piano, recorded live without a click: spread chords, a sparse melody high up, lots of sustain pedal and silence. G-flat major. Introspective, weightless.',
    },
    [
      part(
        'Piano',
        GM.piano,
        humanize(
          dynamics(
            [...melody, ...chords, ...echoes],
            [
              [0, 0],
              [16, 8],
              [32, -18],
            ],
          ),
          646,
          0.06,
          9,
        ),
        { pedal: pedalEach(4, 32) },
      ),
    ],
  );
  return asRecorded({ ...written, ticksPerQuarter: 384 });
}

import { groove } from '../drums.ts';
import { frame } from '../frame.ts';
import { GM } from '../instruments.ts';
import { pattern } from '../pattern.ts';
import { part, piece, scoops, vibrato } from '../piece.ts';
import type { Piece } from '../score.ts';
import { dynamics, harmonize, humanize, shift, strum, within } from '../transforms.ts';
import { tune } from '../tune.ts';

export function worldPieces(): Piece[] {
  return [riverMoon(), hijaz(), flamenco(), thumbPianos()];
}

function riverMoon(): Piece {
  const song = frame(
    '4/4',
    'G pentatonic',
    'G5 | G5 | Em | Em | D5 | D5 | G5 | G5 | Em | G5 | Am | D5 | Em | D5 | G5 | G5',
  );
  const melody = tune(song, {
    form: 'a b a c d b d e',
    rhythms: {
      a: '1.5 .5 1 1 | 3 1',
      b: '1 .5 .5 1 1 | 4',
      c: '1 1 1 1 | 3 r1',
      d: '2 1 1 | 1.5 .5 2',
      e: '1 1 2 | 4',
    },
    range: [67, 86],
    seed: 701,
    scale: [7, 9, 11, 2, 4],
  });
  const answer = within(shift(melody, 2, -12), 32, 62);
  return piece(
    song,
    64,
    {
      slug: 'moon-over-the-river',
      title: 'Moon over the River',
      style: 'chinese traditional',
      language: 'zh',
      caption:
        '具有中国传统风格的五声音阶小品。竹笛奏出悠长的旋律，二胡在后半段以滑音应和，古筝用琶音伴奏。速度缓慢（每分钟64拍），意境宁静，仿佛月光洒在江面上。',
    },
    [
      part('Dizi', GM.panFlute, humanize(melody, 702, 0.02), { bends: vibrato(melody, 0.1) }),
      part('Erhu', GM.fiddle, humanize(answer, 703, 0.02), { bends: scoops(answer, 0.9, 0.9) }),
      part(
        'Guzheng',
        GM.koto,
        strum(pattern(song, '1234----', { chords: [55, 70], velocity: 58, last: 'c-------' }), 0.05),
      ),
    ],
  );
}

function hijaz(): Piece {
  const song = frame('4/4', 'D hijaz', 'D | D | Eb | D | Cm | Cm | Eb | D', 2);
  const melody = tune(song, {
    form: 'a b a C d b d e',
    rhythms: {
      a: '1 .5 .5 1 1 | .5 .5 .5 .5 2',
      b: '.5 .25 .25 .5 .5 1 1 | 3 r1',
      c: '.5 .5 .5 .5 1 1 | 3 r1',
      d: '1.5 .5 .5 .5 1 | .25 .25 .5 1 2',
      e: '.5 .5 .5 .5 1 1 | 4',
    },
    range: [62, 79],
    seed: 712,
    leaps: 0.08,
  });
  return piece(
    song,
    96,
    {
      slug: 'courtyard-in-hijaz',
      title: 'Courtyard in Hijaz',
      style: 'arabic maqam',
      language: 'ar',
      caption:
        'لحن شرقي في مقام الحجاز على درجة ري، يعزفه العود والناي معاً على إيقاع المقسوم بالدربكة، بسرعة 96 نبضة في الدقيقة. أجواء حالمة من ليل المدينة القديمة.',
    },
    [
      part('Oud', GM.nylonGuitar, humanize(shift(melody, 0, -12), 713, 0.015)),
      part('Ney', GM.panFlute, humanize(within(melody, 16, 64), 714, 0.02), {
        bends: scoops(within(melody, 16, 64), 0.4, 0.9),
      }),
      part('Drone', GM.cello, pattern(song, 'R---', { bass: [38, 50], velocity: 52 })),
      part('Darbuka', 'drums', groove({ lowBongo: 'X...X...', highBongo: '.x.xo.xo|.x.xo.xx' }, song.bars - 1, 4)),
    ],
  );
}

function flamenco(): Piece {
  const song = frame('3/4', 'E phrygian', 'Am | Am | G | G | F | F | E | E | Am | G | F | E | F | F | E | E');
  const runs = tune(song, {
    form: 'a b a C d b d e',
    rhythms: {
      a: '.5 .5 .5 .5 .5 .5 | 1 1 1',
      b: '.25 .25 .25 .25 .5 .5 1 | 2 r1',
      c: '.25 .25 .25 .25 .25 .25 .25 .25 1 | 2 r1',
      d: '1.5 .5 .5 .5 | .5 .5 1 1',
      e: '.25 .25 .25 .25 .25 .25 .25 .25 1 | 3',
    },
    range: [64, 83],
    seed: 723,
  });
  const strums = strum(
    pattern(song, 'C.cccc|C..c.c', { chords: [52, 68], velocity: 66, gate: 0.7, last: 'C-----' }),
    0.025,
  );
  const shape = [
    [0, -12],
    [24, 6],
    [36, 0],
    [48, 14],
  ] as const;
  return piece(
    song,
    [
      [0, 120],
      [24, 132],
      [42, 144],
      [45, 96],
    ],
    {
      slug: 'flamenco-en-mi',
      title: 'Flamenco en mi',
      style: 'flamenco',
      language: 'es',
      caption:
        'Dos guitarras flamencas en mi frigio, compás de tres: una puntea escalas rápidas, la otra rasguea, y las palmas las empujan. Empieza a 120, se acelera hasta 144 y cae de golpe en el último acorde. Fuego puro.',
    },
    [
      part('Guitarra 1', GM.nylonGuitar, humanize(dynamics(runs, shape), 724, 0.012)),
      part('Guitarra 2', GM.nylonGuitar, humanize(dynamics(strums, shape), 725, 0.008)),
      part('Palmas', 'drums', groove({ clap: 'x.xXxx|x.xXx.' }, song.bars - 1, 3)),
    ],
  );
}

function thumbPianos(): Piece {
  const song = frame('12/8', 'F major', 'F | Bb | F | C | F | Bb | C | F', 2);
  const song1 = tune(song, {
    form: 'a b a c a b a d',
    rhythms: {
      a: '1 .5 1 .5 1 .5 1 .5 | 1.5 1 .5 r3',
      b: 'r1.5 1 .5 1 .5 1.5 | 1 .5 1.5 r3',
      c: '1 .5 1 .5 1.5 1.5 | 1.5 1.5 r3',
      d: '1 .5 1 .5 1.5 1.5 | 4.5 r1.5',
    },
    range: [65, 82],
    seed: 734,
  });
  return piece(
    song,
    168,
    {
      slug: 'thumb-pianos',
      title: 'Thumb Pianos',
      style: 'african 12/8',
      caption:
        'Interlocking kalimbas in F major over a 12/8 bell pattern with hand drums and shaker; two flutes sing in thirds above. Sunny, circular, danceable. The dotted beat goes at 112 per minute.',
    },
    [
      part('Flutes', GM.flute, humanize([...song1, ...harmonize(song, song1, -2)], 735, 0.015)),
      part('Kalimba 1', GM.kalimba, pattern(song, '1.2.3.1.3.2.', { chords: [60, 74], velocity: 72 })),
      part('Kalimba 2', GM.kalimba, pattern(song, '.3.1.2.2.1.3', { chords: [57, 70], velocity: 66 })),
      part(
        'Bass',
        GM.acousticBass,
        pattern(song, 'R..R...F..R.', { bass: [29, 43], velocity: 82, gate: 0.9, last: 'R-----------' }),
      ),
      part(
        'Percussion',
        'drums',
        groove(
          { cowbell: 'x.x.xx.x.x.x', lowConga: 'x.....x..x..', highConga: '...x.x....xx', shaker: 'xooxooxooxoo' },
          song.bars - 1,
          6,
        ),
      ),
    ],
  );
}

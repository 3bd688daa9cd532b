import { walkingBass } from '../bass.ts';
import { groove } from '../drums.ts';
import { frame } from '../frame.ts';
import { GM } from '../instruments.ts';
import { pattern } from '../pattern.ts';
import { part, pedalEach, piece, rubato, scoops, vibrato } from '../piece.ts';
import type { Piece } from '../score.ts';
import { gate, humanize, strum, swing, within } from '../transforms.ts';
import { tune } from '../tune.ts';

const SWING = 2 / 3;

export function jazzPieces(): Piece[] {
  return [swingQuartet(), ballad(), jazzWaltz(), bossaNova(), fiveFour(), slowBlues(), boogie()];
}

function swingQuartet(): Piece {
  const a = 'Bbmaj7 Gm7 | Cm7 F7 | Dm7 G7 | Cm7 F7 | Fm7 Bb7 | Ebmaj7 | Cm7 F7 | Bb6';
  const bridge = 'D7 | D7 | G7 | G7 | C7 | C7 | F7 | F7';
  const song = frame('4/4', 'Bb major', `${a} | ${a} | ${bridge} | ${a}`);
  const melody = tune(song, {
    form: 'a b a C a b a C d e d E a b a f',
    rhythms: {
      a: 'r.5 .5 .5 .5 1 .5 .5 | .5 1 .5 r1 1',
      b: '.5 .5 .5 .5 .5 .5 1 | 1.5 .5 r2',
      c: '.5 .5 1 .5 .5 1 | 2 r2',
      d: '1.5 .5 2 | r1 .5 .5 .5 .5 1',
      e: '.5 .5 .5 .5 1.5 .5 | 3 r1',
      f: '.5 .5 1 .5 .5 1 | .5 r.5 r1 1 r1',
    },
    range: [58, 77],
    seed: 201,
    leaps: 0.25,
  });
  return piece(
    song,
    184,
    {
      slug: 'rooftop-swing',
      title: 'Rooftop Swing',
      style: 'jazz swing',
      caption:
        'Up-tempo swing for jazz quartet (tenor sax, piano, double bass, drums), 32 bars in AABA form, B-flat major, 184 BPM. The bass walks, the ride cymbal swings, the piano drops chords off the beat and the saxophone plays a breezy line with a bit of swagger.',
    },
    [
      part('Tenor sax', GM.tenorSax, humanize(swing(melody, SWING), 202, 0.012), {
        bends: scoops(swing(melody, SWING), 0.3, 1.4),
      }),
      part(
        'Piano',
        GM.piano,
        humanize(
          swing(
            pattern(song, '.c...c..|...c....|c..c....|.....c..', { chords: [55, 70], velocity: 64, gate: 0.8 }),
            SWING,
          ),
          203,
        ),
      ),
      part('Bass', GM.acousticBass, humanize(walkingBass(song, 204), 205, 0.008)),
      part(
        'Drums',
        'drums',
        swing(
          groove(
            {
              ride: 'X.xxX.xx',
              pedalHat: '..x...x.',
              kick: 'o.......|....o...',
              snare: '........|.....o..|...o....|......o.',
            },
            32,
            4,
          ),
          SWING,
        ),
      ),
    ],
  );
}

function ballad(): Piece {
  const chart =
    'Cm7 | Fm7 | Dm7b5 | G7b9 | Cm7 | Abmaj7 | Dm7b5 G7b9 | Cm6 | Fm7 | Bb7 | Ebmaj7 | Abmaj7 | Dm7b5 | G7b9 | Cm6 | Cm6';
  const song = frame('4/4', 'C minor', chart);
  const melody = tune(song, {
    form: 'a b a C d b d e',
    rhythms: {
      a: '1.5 .5 1 1 | 2.5 .5 .5 .5',
      b: 'r.5 .5 .5 .5 2 | 3 r1',
      c: '1 .5 .5 2 | 3 r1',
      d: '2 .5 .5 1 | 1 1 2',
      e: '1 1 2 | 4',
    },
    range: [60, 77],
    seed: 212,
  });
  const keys = pattern(song, 'x---c---', { bass: [36, 48], chords: [53, 68], velocity: 50, last: 'x-------' });
  return piece(
    song,
    rubato(62, song.bars, 4),
    {
      slug: 'after-midnight-ballad',
      title: 'After Midnight',
      style: 'jazz ballad',
      caption:
        'A smoky late-night ballad in C minor. Muted trumpet and piano only, unhurried and flexible around 62 BPM, the piano rolling soft chords with the pedal down. Lonely, tender, blue.',
    },
    [
      part('Muted trumpet', GM.mutedTrumpet, humanize(melody, 213, 0.04, 8), { bends: vibrato(melody, 0.08) }),
      part('Piano', GM.piano, humanize(strum(keys, 0.04), 214, 0.02), { pedal: pedalEach(2, song.length) }),
    ],
  );
}

function jazzWaltz(): Piece {
  const chart = 'Fmaj7 | Gm7 | Am7 | Gm7 | Fmaj7 | D7 | Gm7 | C7 | Bbmaj7 | Eb7 | Am7 | D7 | Gm7 | C7 | Fmaj7 | Fmaj7';
  const song = frame('3/4', 'F major', chart);
  const melody = tune(song, {
    form: 'a b a C d b d e',
    rhythms: {
      a: '1.5 .5 1 | r.5 .5 .5 .5 1',
      b: '1 .5 .5 .5 .5 | 2 r1',
      c: '.5 .5 .5 .5 1 | 3',
      d: '1.5 1.5 | 1 1 1',
      e: '1 1 1 | 3',
    },
    range: [65, 84],
    seed: 223,
    leaps: 0.25,
  });
  return piece(
    song,
    152,
    {
      slug: 'vibraphone-waltz',
      title: 'Glass Carousel',
      style: 'jazz waltz',
      caption:
        'Jazz waltz in F, 152 BPM: vibraphone melody, jazz guitar comping, sparse upright bass, light drums. Cool and gently swinging.',
    },
    [
      part('Vibraphone', GM.vibraphone, humanize(swing(melody, 0.62), 224), { pedal: pedalEach(3, song.length) }),
      part(
        'Guitar',
        GM.jazzGuitar,
        strum(
          swing(pattern(song, '..c..c|.c....', { chords: [52, 66], velocity: 54, gate: 0.8, last: 'c-----' }), 0.62),
          0.02,
        ),
      ),
      part(
        'Bass',
        GM.acousticBass,
        pattern(song, 'R--F-R|R-----', { bass: [31, 45], velocity: 80, gate: 0.9, last: 'R-----' }),
      ),
      part(
        'Drums',
        'drums',
        swing(groove({ ride: 'x.xox.|x..xx.', pedalHat: '..x.x.', kick: 'o.....' }, song.bars, 3), 0.62),
      ),
    ],
  );
}

function bossaNova(): Piece {
  const chart =
    'Am7 | Am7 | Dm7 | G7 | Cmaj7 | Fmaj7 | Bm7b5 | E7b9 | Am7 | D7 | Dm7 | G7 | Cmaj7 | Fmaj7 | Bm7b5 E7b9 | Am7';
  const song = frame('4/4', 'A minor', chart, 2);
  const melody = tune(song, {
    form: 'a b a C d b d E a b a C d b d e',
    rhythms: {
      a: '1.5 .5 .5 1 .5 | r.5 .5 1 .5 1.5',
      b: '.5 1 .5 .5 .5 1 | 3 r1',
      c: 'r.5 .5 .5 .5 1 1 | 2.5 r1.5',
      d: '1.5 1.5 1 | .5 .5 1 2',
      e: '.5 1 .5 1 1 | 3.5 r.5',
    },
    range: [64, 81],
    seed: 234,
  });
  return piece(
    song,
    132,
    {
      slug: 'bossa-at-low-tide',
      title: 'Low Tide',
      style: 'bossa nova',
      caption:
        'A relaxed bossa nova in A minor. Flute over nylon guitar, acoustic bass, shaker and rim clicks; 132 BPM, warm and a little wistful, like a beach after the season.',
    },
    [
      part('Flute', GM.flute, humanize(gate(melody, 0.95), 235, 0.02)),
      part(
        'Guitar',
        GM.nylonGuitar,
        humanize(
          pattern(song, 'c..c..c...c..c..|..c..c..c..c....', {
            chords: [52, 67],
            velocity: 58,
            gate: 0.9,
            last: 'c---------------',
          }),
          236,
          0.01,
        ),
      ),
      part(
        'Bass',
        GM.acousticBass,
        pattern(song, 'R--FF--R', { bass: [33, 46], velocity: 78, gate: 0.95, last: 'R-------' }),
      ),
      part(
        'Percussion',
        'drums',
        groove({ rim: 'x..x..x...x..x..', shaker: 'xoxoxoxoxoxoxoxo', kick: 'o..xo..xo..xo..x' }, song.bars, 4),
      ),
    ],
  );
}

function fiveFour(): Piece {
  const song = frame(
    '5/4',
    'E dorian',
    'Em7 | Em7 | A7 | Em7 | Em7 | Em7 | A7 | Em7 | Cmaj7 | D | Em7 | Em7 | Cmaj7 | D | Bm7 | Em7',
  );
  const melody = tune(song, {
    form: 'a b a C d b d e',
    rhythms: {
      a: '1 .5 .5 1 1 1 | 1.5 .5 1 2',
      b: 'r.5 .5 .5 .5 1 1 1 | 3 r2',
      c: '.5 .5 .5 .5 1 1 1 | 3 r2',
      d: '1.5 1.5 2 | 1 1 1 1 1',
      e: '1 1 1 1 1 | 5',
    },
    range: [59, 78],
    seed: 245,
    leaps: 0.2,
  });
  return piece(
    song,
    168,
    {
      slug: 'five-stairs',
      title: 'Five Stairs',
      style: 'jazz in 5/4',
      caption:
        'Cool jazz in five: a piano vamp grouped 3+2 carries a dry alto saxophone theme in E dorian, with ride cymbal and bass, 168 BPM.',
    },
    [
      part('Alto sax', GM.altoSax, humanize(swing(melody, 0.64), 246)),
      part(
        'Piano',
        GM.piano,
        swing(
          pattern(song, 'x..c..x.c.', {
            bass: [40, 51],
            chords: [55, 69],
            velocity: 62,
            gate: 0.7,
            last: 'x---------',
          }),
          0.64,
        ),
      ),
      part(
        'Bass',
        GM.acousticBass,
        pattern(song, 'R--F-.R-F.', {
          bass: [28, 43],
          velocity: 82,
          gate: 0.9,
          last: 'R---------',
        }),
      ),
      part(
        'Drums',
        'drums',
        swing(
          groove(
            { ride: 'x.xxx.x.xx', pedalHat: '..x...x...', kick: 'x.....o...', snare: '....o.....|........o.' },
            song.bars,
            5,
          ),
          0.64,
        ),
      ),
    ],
  );
}

function slowBlues(): Piece {
  const chart = 'A7 | D7 | A7 | A7 | D7 | D7 | A7 | A7 | E7 | D7 | A7 D7 | A7';
  const song = frame('12/8', 'A mixolydian', chart);
  const melody = tune(song, {
    form: 'a b a b c d',
    rhythms: {
      a: 'r1.5 .5 .5 .5 1.5 1 .5 | 2.5 .5 1.5 r1.5',
      b: 'r.5 .5 .5 1 .5 .5 .5 .5 1.5 | 3 r3',
      c: '.5 .5 .5 1 .5 1.5 1.5 | 1 .5 1 .5 r3',
      d: '.5 .5 .5 .5 .5 .5 1.5 1.5 | 4.5 r1.5',
    },
    range: [57, 76],
    seed: 256,
    scale: [9, 0, 2, 3, 4, 7],
    leaps: 0.2,
  });
  return piece(
    song,
    [
      [0, 84],
      [66, 72],
      [69, 60],
    ],
    {
      slug: 'slow-blues-in-a',
      title: 'Slow Blues in A',
      style: 'blues',
      caption:
        'Twelve bars of slow blues in A. An electric guitar bends its notes between rests, over organ chords, bass and a 12/8 shuffle that slows down at the end. Weary but proud.',
    },
    [
      part('Lead guitar', GM.overdrivenGuitar, humanize(melody, 257, 0.03), { bends: scoops(melody, 1, 1.4) }),
      part('Organ', GM.drawbarOrgan, pattern(song, 'c-----------', { chords: [54, 67], velocity: 52 })),
      part(
        'Bass',
        GM.fingerBass,
        pattern(song, 'R--R--T--F--', { bass: [33, 47], velocity: 86, gate: 0.9, last: 'R-----------' }),
      ),
      part(
        'Drums',
        'drums',
        groove({ kick: 'X.....X..x..', snare: '...X.....X..', hat: 'xoxxoxxoxxox' }, song.bars, 6),
      ),
    ],
  );
}

function boogie(): Piece {
  const chart = 'C | C | C | C7 | F7 | F7 | C | C | G7 | F7 | C | G7';
  const song = frame('4/4', 'C major', chart, 2);
  const left = pattern(song, 'R1213121', {
    bass: [36, 47],
    chords: [40, 53],
    velocity: 78,
    gate: 0.8,
    last: 'x-------',
  });
  const melody = tune(song, {
    form: 'a a b c d e a a b c d f',
    rhythms: {
      a: '.5 .5 .5 .5 1 .5 .5 | .5 1 .5 1 r1',
      b: '.5 .5 1 .5 .5 1 | 1.5 .5 r2',
      c: 'r.5 .5 .5 .5 .5 .5 1 | 1 1 r2',
      d: '.5 .5 .5 .5 .5 .5 .5 .5 | 1 1 r2',
      e: '.5 .5 1 .5 .5 1 | 2 r2',
      f: '.5 .5 1 .5 .5 1 | 1 r1 2',
    },
    range: [67, 86],
    seed: 267,
    scale: [0, 2, 3, 4, 7, 9],
    leaps: 0.3,
  });
  const crushed = within(melody, 0, 96).filter((note) => note.length >= 1);
  const thirds = crushed.map((note) => ({ ...note, pitch: note.pitch - 5, velocity: note.velocity - 10 }));
  return piece(
    song,
    160,
    {
      slug: 'boiler-room-boogie',
      title: 'Boiler Room Boogie',
      style: 'boogie-woogie',
      caption: 'Boogie-woogie, two choruses of 12-bar blues in C for solo piano, swung eighths, 160 BPM, rollicking.',
    },
    [
      part('Right hand', GM.piano, humanize(swing([...melody, ...thirds], SWING), 268, 0.01)),
      part('Left hand', GM.piano, humanize(swing(left, SWING), 269, 0.008)),
    ],
  );
}

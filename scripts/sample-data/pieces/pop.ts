import { groove } from '../drums.ts';
import { frame } from '../frame.ts';
import { GM } from '../instruments.ts';
import { pattern } from '../pattern.ts';
import { part, pedalEach, piece, scoops, swell } from '../piece.ts';
import type { Piece } from '../score.ts';
import { dynamics, gate, harmonize, humanize, shift, strum, swing, within } from '../transforms.ts';
import { tune } from '../tune.ts';

export function popPieces(): Piece[] {
  return [rock(), powerBallad(), reggae(), funk(), country(), gospel(), loFi()];
}

function rock(): Piece {
  const song = frame('4/4', 'E minor', 'E5 | E5 | C5 | D5 | E5 | E5 | G5 | D5', 2);
  const melody = tune(song, {
    form: 'a b a C a b d e',
    rhythms: {
      a: '1 .5 .5 1 1 | .5 .5 1 2',
      b: '.5 .5 .5 .5 1 .5 .5 | 3 r1',
      c: '.5 .5 .5 .5 .5 .5 1 | 2 r2',
      d: '.25 .25 .5 .25 .25 .5 1 1 | .5 .5 1 2',
      e: '1 1 1 1 | 4',
    },
    range: [64, 83],
    seed: 301,
    scale: [4, 7, 9, 11, 2],
  });
  const riff = pattern(song, 'x.xxx.x.', {
    bass: [40, 51],
    chords: [47, 58],
    velocity: 92,
    gate: 0.55,
    last: 'x-------',
  });
  return piece(
    song,
    140,
    {
      slug: 'engine-room-rock',
      title: 'Engine Room',
      style: 'rock',
      caption:
        'Driving rock at 140 BPM in E minor. Palm-muted power chords on distorted guitar, a pentatonic lead with bends, picked bass in eighths and hard-hitting drums with a crash every four bars. Angry, loud, determined.',
    },
    [
      part('Lead guitar', GM.overdrivenGuitar, melody, { bends: scoops(melody, 1, 1.9) }),
      part('Rhythm guitar', GM.distortionGuitar, riff),
      part(
        'Bass',
        GM.pickBass,
        pattern(song, 'RRRRRRRR', { bass: [28, 40], velocity: 90, gate: 0.85, last: 'R-------' }),
      ),
      part(
        'Drums',
        'drums',
        groove(
          {
            kick: 'X..xX.x.|X..xX...',
            snare: '..X...X.|..X...X.|..X...X.|..X.xxXx',
            hat: 'xxxxxxxx',
            crash: 'X.......|........|........|........',
          },
          song.bars,
          4,
        ),
      ),
    ],
  );
}

function powerBallad(): Piece {
  const verse = frame('4/4', 'G major', 'G | D/F# | Em | C | G | D/F# | C | D');
  const chorus = frame('4/4', 'A major', 'A | E/G# | F#m | D | A | E | D | A');
  const rhythms = {
    a: '1 .5 .5 1 1 | 1.5 .5 1 r1',
    b: '.5 .5 .5 .5 1 1 | 3 r1',
    c: '2 1 1 | 1 1 2',
    d: '1.5 .5 1 1 | 4',
  };
  const sung = tune(verse, { form: 'a b a B', rhythms, range: [62, 76], seed: 312 });
  const shouted = tune(chorus, { form: 'c b c d', rhythms, range: [69, 83], seed: 313, velocity: 104 });
  const line = [...sung, ...shift(shouted, 32)];
  const broken = pattern(verse, '13231323', { chords: [55, 69], velocity: 60 });
  const full = pattern(chorus, 'x-c-c-c-', { bass: [40, 51], chords: [57, 71], velocity: 84, last: 'x-------' });
  const pads = pattern(chorus, 'c---', { chords: [57, 72], velocity: 78 });
  return {
    ...piece(
      verse,
      [
        [0, 70],
        [32, 76],
        [60, 66],
      ],
      {
        slug: 'lighthouse-ballad',
        title: 'Lighthouse',
        style: 'power ballad',
        caption:
          'A power ballad in two halves. Eight quiet bars in G major at 70 BPM, with piano arpeggios under an oboe; then drums, bass and strings come in, the key rises a whole tone to A major, the tempo to 76, and the melody moves over to an overdriven guitar.',
      },
      [
        part('Melody', GM.oboe, humanize(line, 314, 0.01), { programs: [[31.9, GM.overdrivenGuitar]] }),
        part('Piano', GM.piano, [...broken, ...shift(full, 32)], { pedal: pedalEach(4, 64) }),
        part('Strings', GM.strings, shift(pads, 32), {
          expression: swell([
            [31, 40],
            [40, 100],
            [64, 112],
          ]),
        }),
        part(
          'Bass',
          GM.fingerBass,
          shift(pattern(chorus, 'R--RR-R-', { bass: [33, 45], velocity: 88, last: 'R-------' }), 32),
        ),
        part(
          'Drums',
          'drums',
          groove(
            {
              kick: 'X...x...',
              snare: '..X...X.|..X...X.|..X...X.|..X.x.Xx',
              ride: 'xxxxxxxx',
              crash: 'X.......|........|........|........',
            },
            7,
            4,
            32,
          ),
        ),
      ],
    ),
    meters: [[0, '4/4']],
  };
}

function reggae(): Piece {
  const song = frame('4/4', 'D major', 'D | G | D | A | Bm | G | A | D', 2);
  const melody = tune(song, {
    form: 'a b a C d b d e',
    rhythms: {
      a: 'r.5 .5 .5 .5 1 1 | .5 .5 1 r2',
      b: '.5 .5 1 .5 .5 1 | 2 r2',
      c: 'r1 .5 .5 1 1 | 2 r2',
      d: '1.5 .5 1 r1 | .5 .5 .5 .5 2',
      e: '1 1 2 | 3 r1',
    },
    range: [62, 78],
    seed: 323,
  });
  return piece(
    song,
    76,
    {
      slug: 'sunday-reggae',
      title: 'Sunday Porch',
      style: 'reggae',
      caption:
        'Laid-back roots reggae: off-beat guitar skank, bubbling organ, heavy one-drop drums and bass, harmonica on top. D major, 76 BPM, sunny.',
    },
    [
      part('Harmonica', GM.harmonica, humanize(melody, 324, 0.02)),
      part('Guitar', GM.mutedGuitar, pattern(song, '.c.c.c.c', { chords: [57, 71], velocity: 76, gate: 0.35 })),
      part('Organ', GM.drawbarOrgan, pattern(song, '..cc..cc..cc..cc', { chords: [54, 67], velocity: 50, gate: 0.5 })),
      part(
        'Bass',
        GM.fingerBass,
        pattern(song, 'R..RT.F.|R-.R..T.', { bass: [29, 43], velocity: 94, gate: 0.9, last: 'R-------' }),
      ),
      part(
        'Drums',
        'drums',
        groove({ kick: '....X...', rim: '....X...', hat: 'x.xox.xo', openHat: '........|.......x' }, song.bars, 4),
      ),
    ],
  );
}

function funk(): Piece {
  const song = frame('4/4', 'E dorian', 'Em7 | A7 | Em7 | A7 | Em7 | A7 | Cmaj7 | Bm7', 2);
  const melody = tune(song, {
    form: 'a a b C a a d e',
    rhythms: {
      a: '.5 r.25 .25 .5 .5 r1 .5 .5 | .25 .25 .5 r1 1 r1',
      b: '.25 .25 .25 .25 .5 .5 r1 1 | .5 .5 .5 .5 r2',
      c: '.5 .5 r.5 .5 1 r1 | 1.5 r2.5',
      d: '.25 .25 .5 .25 .25 .5 1 r1 | .5 .5 1 r2',
      e: '.25 .25 .5 .25 .25 .5 1 r1 | 1 r1 2',
    },
    range: [60, 77],
    seed: 334,
    velocity: 98,
  });
  const stabs = gate(melody, 0.6);
  return piece(
    song,
    106,
    {
      slug: 'pocket-funk',
      title: 'Pocket Money',
      style: 'funk',
      caption:
        'Tight funk groove in E dorian, 106 BPM. Slap bass and clavinet lock into sixteenth-note syncopations, the horn section answers in short stabs, the drummer plays ghost notes on the snare.',
    },
    [
      part('Brass section', GM.brass, [...stabs, ...harmonize(song, stabs, -2)]),
      part(
        'Clavinet',
        GM.clavinet,
        pattern(song, 'c..c.cc...c.cc.c|c..c.cc..c.cc...', { chords: [55, 69], velocity: 72, gate: 0.45 }),
      ),
      part(
        'Slap bass',
        GM.slapBass,
        pattern(song, 'R..R..R.R.F..R.F|R..R..R...FTR...', {
          bass: [28, 42],
          velocity: 98,
          gate: 0.6,
          last: 'R..R..R.R-------',
        }),
      ),
      part(
        'Drums',
        'drums',
        groove(
          {
            kick: 'X..x..x.X.....x.|X..x..x..x.x....',
            snare: '....X..o.o..X..o',
            hat: 'xoxoxoxoxoxoxoxo',
            openHat: '..............x.|................',
          },
          song.bars,
          4,
        ),
      ),
    ],
  );
}

function country(): Piece {
  const song = frame('4/4', 'G major', 'G | G | C | G | G | Em | A7 | D7 | G | G7 | C | Cm | G | D7 | G C | G');
  const melody = tune(song, {
    form: 'a b a C a b d e',
    rhythms: {
      a: '1 1 .5 .5 1 | 1.5 .5 2',
      b: '.5 .5 .5 .5 1 1 | 2 r2',
      c: '1 .5 .5 1 1 | 3 r1',
      d: '1 1 1 1 | .5 .5 1 2',
      e: '1 .5 .5 1 1 | 4',
    },
    range: [64, 81],
    seed: 345,
  });
  return piece(
    song,
    118,
    {
      slug: 'county-line',
      title: 'County Line',
      style: 'country',
      caption:
        'Old-time country two-step, G major, 118 BPM. A clean electric guitar slides into its notes, banjo rolls and acoustic guitar keep it rolling, the bass alternates root and fifth.',
    },
    [
      part('Slide guitar', GM.cleanGuitar, humanize(melody, 346, 0.012), { bends: scoops(melody, 0.9, 0.9) }),
      part(
        'Banjo',
        GM.banjo,
        pattern(song, '13251325', { chords: [55, 67], velocity: 62, gate: 0.9, last: 'c-------' }),
      ),
      part(
        'Guitar',
        GM.steelGuitar,
        strum(pattern(song, '..c...c.', { chords: [50, 66], velocity: 60, gate: 0.8, last: 'c-------' }), 0.02),
      ),
      part('Bass', GM.acousticBass, pattern(song, 'R.F.', { bass: [31, 43], velocity: 86, gate: 0.9, last: 'R---' })),
      part('Drums', 'drums', groove({ kick: 'x.x.x.x.', rim: '..x...x.', shaker: 'xoxoxoxo' }, song.bars - 1, 4)),
    ],
  );
}

function gospel(): Piece {
  const song = frame(
    '12/8',
    'Ab major',
    'Ab | Ab7 | Db | Ddim7 | Ab/Eb | F7 | Bb7 | Eb7 | Ab | Ab7 | Db | Dbm | Ab/Eb | Fm | Db Eb7 | Ab',
  );
  const melody = tune(song, {
    form: 'a b a C a b d e',
    rhythms: {
      a: '1.5 1 .5 1.5 1 .5 | 2.5 .5 1.5 r1.5',
      b: '1 .5 1 .5 1.5 1.5 | 3 r3',
      c: '1 .5 1 .5 3 | 4.5 r1.5',
      d: '.5 .5 .5 1 .5 1.5 1.5 | 3 1.5 1.5',
      e: '1.5 1.5 1.5 1.5 | 6',
    },
    range: [65, 80],
    seed: 356,
  });
  return piece(
    song,
    102,
    {
      slug: 'gospel-in-a-flat',
      title: 'River Road',
      style: 'gospel',
      caption:
        'Slow gospel in 12/8. Choir in thirds over Hammond-style organ and triplet piano chords, with bass and a simple backbeat. A-flat major, about 68 dotted beats a minute; hopeful and full-hearted.',
    },
    [
      part('Choir', GM.choir, [...melody, ...harmonize(song, melody, -2, 6)]),
      part('Organ', GM.drawbarOrgan, pattern(song, 'c-----------', { chords: [53, 68], velocity: 56 })),
      part(
        'Piano',
        GM.piano,
        humanize(
          pattern(song, 'cccccccccccc', { chords: [56, 70], velocity: 58, gate: 0.8, last: 'x-----------' }),
          357,
          0.012,
        ),
      ),
      part(
        'Bass',
        GM.fingerBass,
        pattern(song, 'R----RR--F--', { bass: [32, 44], velocity: 84, last: 'R-----------' }),
      ),
      part(
        'Drums',
        'drums',
        groove({ kick: 'X....xX.....', snare: '...X.....X..', ride: 'xooxooxooxoo' }, song.bars - 1, 6),
      ),
    ],
  );
}

function loFi(): Piece {
  const song = frame('4/4', 'C major', 'Dm9 | G13 | Cmaj9 | Am7', 4);
  const melody = tune(song, {
    form: 'a b a C',
    rhythms: {
      a: 'r2 .5 .5 1 | 1.5 .5 r2 | r1 .5 .5 .5 .5 1 | 2 r2',
      b: 'r1 .5 .5 1 1 | 1 r3 | .5 .5 1 r2 | r1 1 2',
      c: 'r2 .5 .5 1 | 1.5 .5 r2 | 4 | r4',
    },
    range: [64, 79],
    seed: 378,
  });
  const keys = pattern(song, 'c---c-..', { chords: [53, 69], velocity: 54, last: 'c-------' });
  const lazy = humanize(
    swing(groove({ kick: 'X.....x.|X..x..x.', snare: '..X...X.', hat: 'xoxoxoxo' }, 15, 4), 0.6),
    379,
    0.02,
    8,
  );
  return piece(
    song,
    80,
    {
      slug: 'rainy-window-beat',
      title: 'Rainy Window',
      style: 'lo-fi hip hop',
      caption:
        'lofi beat to study to, 80 bpm, Rhodes chords (ii-V-I in C with ninths), lazy swung drums, fretless bass, sparse vibraphone licks',
    },
    [
      part(
        'Rhodes',
        GM.electricPiano,
        dynamics(humanize(strum(keys, 0.03), 380, 0.015), [
          [0, -6],
          [64, 6],
        ]),
        { pedal: pedalEach(4, 64) },
      ),
      part('Vibraphone', GM.vibraphone, humanize(within(melody, 0, 64), 381, 0.03)),
      part(
        'Bass',
        GM.fretlessBass,
        humanize(pattern(song, 'R--..RF.', { bass: [31, 43], velocity: 76, gate: 0.95, last: 'R-------' }), 382, 0.02),
      ),
      part('Drums', 'drums', lazy),
    ],
  );
}

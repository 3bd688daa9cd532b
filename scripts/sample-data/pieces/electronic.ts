import { groove } from '../drums.ts';
import { frame } from '../frame.ts';
import { GM } from '../instruments.ts';
import { pattern } from '../pattern.ts';
import { part, piece, swell } from '../piece.ts';
import type { Piece } from '../score.ts';
import { dynamics, gate, within } from '../transforms.ts';
import { tune } from '../tune.ts';

export function electronicPieces(): Piece[] {
  return [synthPop(), techno(), drumAndBass(), ambientPads(), chiptune(), trance()];
}

function synthPop(): Piece {
  const song = frame('4/4', 'A minor', 'Am | F | C | G | Am | F | C | G | Dm | Am | F | G | Am | F | C G | Am');
  const melody = tune(song, {
    form: 'a b a C d d a e',
    rhythms: {
      a: '.5 .5 .5 .5 1 1 | .5 .5 1 1 r1',
      b: '.5 1 .5 .5 .5 1 | 2 r2',
      c: '.5 .5 1 .5 .5 1 | 3 r1',
      d: '1 1 .5 .5 1 | 1.5 .5 2',
      e: '.5 1 .5 1 1 | 4',
    },
    range: [69, 86],
    seed: 367,
  });
  return piece(
    song,
    122,
    {
      slug: 'neon-arcade',
      title: 'Neon Arcade',
      style: 'synth-pop',
      caption:
        '80s synth-pop vibes 🎹✨ A minor @ 122 BPM — saw lead, bouncing octave bass, shimmering arpeggios, four-on-the-floor kick + claps. Night drive feeling 🌃🚗',
    },
    [
      part('Lead', GM.sawLead, gate(melody, 0.9)),
      part(
        'Arpeggio',
        GM.polySynth,
        pattern(song, '1234321212343212', { chords: [60, 74], velocity: 58, gate: 0.7, last: 'c---------------' }),
      ),
      part('Pad', GM.warmPad, pattern(song, 'c---', { chords: [53, 67], velocity: 50 })),
      part(
        'Bass',
        GM.synthBass,
        octaves(pattern(song, 'RRRRRRRR', { bass: [33, 44], velocity: 86, gate: 0.7, last: 'R-------' })),
      ),
      part(
        'Drums',
        'drums',
        groove({ kick: 'X.X.X.X.', clap: '..X...X.', hat: '.x.x.x.x', openHat: '........|.......x' }, song.bars - 1, 4),
      ),
    ],
  );
}

/** Every second note an octave higher. */
function octaves(notes: ReturnType<typeof pattern>) {
  return notes.map((note, at) => (at % 2 === 1 ? { ...note, pitch: note.pitch + 12 } : note));
}

function techno(): Piece {
  const song = frame('4/4', 'F minor', 'Fm | Fm | Fm | Fm | Db | Db | Eb | Fm', 2);
  const stabs = pattern(song, '..c...c...c..c..', { chords: [56, 70], velocity: 76, gate: 0.6 });
  const drums = {
    kick: 'X...X...X...X...',
    hat: '..x...x...x...x.',
    clap: '....X.......X...',
    shaker: 'xoxoxoxoxoxoxoxo',
  };
  return piece(
    song,
    130,
    {
      slug: 'warehouse-techno',
      title: 'Warehouse',
      style: 'techno',
      caption:
        'Dark warehouse techno in F minor at 130 BPM. It starts with nothing but the kick and a rolling sixteenth-note synth bass; hi-hats and claps join after four bars, minor-chord stabs after eight. Hypnotic, mechanical, made for repetition.',
    },
    [
      part('Stabs', GM.polySynth, within(stabs, 32, 64)),
      part('Synth bass', GM.synthBass, pattern(song, '.RRR.RRR.RRR.RRF', { bass: [29, 41], velocity: 84, gate: 0.7 })),
      part('Kick', 'drums', groove({ kick: drums.kick }, song.bars, 4)),
      part('Hats and claps', 'drums', groove({ hat: drums.hat, clap: drums.clap, shaker: drums.shaker }, 12, 4, 16)),
    ],
  );
}

function drumAndBass(): Piece {
  const song = frame('4/4', 'D minor', 'Dm9 | Dm9 | Bbmaj7 | Bbmaj7 | Gm9 | Gm9 | Am7 | Am7', 2);
  const melody = tune(song, {
    form: 'a b',
    rhythms: { a: '4 | 2 2 | 3 1 | r4 | 4 | 2 2 | 3 1 | r4', b: '2 2 | 4 | 3 1 | r4 | 2 2 | 4 | 2 2 | 4' },
    range: [65, 81],
    seed: 411,
  });
  return piece(
    song,
    174,
    {
      slug: 'liquid-drum-and-bass',
      title: 'Glass Tunnel',
      style: 'drum and bass',
      caption:
        'Liquid drum and bass, 174 BPM, D minor: broken drum patterns, deep sustained bass, soft electric piano chords and a slow, floating lead. Fast and calm at once.',
    },
    [
      part('Lead', GM.newAgePad, melody),
      part(
        'Electric piano',
        GM.electricPiano,
        pattern(song, 'c---.c--', { chords: [55, 70], velocity: 60, last: 'c-------' }),
      ),
      part(
        'Bass',
        GM.synthBass,
        pattern(song, 'R-----R-|R---F-R-', { bass: [26, 38], velocity: 92, gate: 0.95, last: 'R-------' }),
      ),
      part(
        'Drums',
        'drums',
        groove(
          {
            kick: 'X.........X.....|X.........X..x..',
            snare: '....X..o.o..X..o|....X..o.o..X.oo',
            hat: 'x.x.x.x.x.x.x.x.',
            ride: '................|x...............',
          },
          song.bars,
          4,
        ),
      ),
    ],
  );
}

function ambientPads(): Piece {
  const song = frame(
    '4/4',
    'E dorian',
    'Em9 | Em9 | A9 | A9 | Gmaj9 | Gmaj9 | Dmaj9 | Dmaj9 | Em9 | Em9 | A9 | A9 | Cmaj9 | Cmaj9 | Em9 | Em9',
  );
  const bells = tune(song, {
    form: 'a b a b',
    rhythms: { a: 'r2 1 1 | r4 | r1 2 1 | r4', b: '1 1 r2 | r3 1 | 4 | r4' },
    range: [76, 95],
    seed: 422,
    scale: [4, 6, 7, 11, 2],
    velocity: 48,
  });
  return piece(
    song,
    56,
    {
      slug: 'slow-weather',
      title: 'Slow Weather',
      style: 'ambient',
      caption:
        'موسيقى محيطية هادئة جداً بلا إيقاع: طبقات دافئة من أصوات السينثسايزر والكورال تتبدل ببطء، وفوقها نغمات أجراس متفرقة بعيدة. السرعة 56 نبضة في الدقيقة، والمقام مي دوريان.',
      language: 'ar',
    },
    [
      part(
        'Warm pad',
        GM.warmPad,
        pattern(song, 'c---|----', { chords: [52, 69], velocity: 58 }).map((note) => ({ ...note, length: 8 })),
        {
          expression: swell([
            [0, 20],
            [12, 90],
            [28, 60],
            [44, 105],
            [64, 10],
          ]),
        },
      ),
      part('Choir pad', GM.choirPad, within(pattern(song, '3---', { chords: [59, 74], velocity: 46 }), 16, 64), {
        expression: swell([
          [15, 10],
          [32, 80],
          [48, 50],
          [64, 10],
        ]),
      }),
      part('Bells', GM.celesta, bells),
    ],
  );
}

function chiptune(): Piece {
  const song = frame('4/4', 'C major', 'C | G/B | Am | F | C | G | F G | C', 2);
  const melody = tune(song, {
    form: 'a b a C d b d e',
    rhythms: {
      a: '.5 .25 .25 .5 .5 .5 .5 1 | .25 .25 .25 .25 .5 .5 1 r1',
      b: '.5 .5 .25 .25 .5 1 1 | 1 .5 .5 1 r1',
      c: '.25 .25 .5 .25 .25 .5 1 1 | 2 r2',
      d: '.5 .5 1 .5 .5 1 | .25 .25 .25 .25 .25 .25 .25 .25 1 r1',
      e: '.25 .25 .5 .25 .25 .5 1 1 | 1 1 2',
    },
    range: [72, 91],
    seed: 433,
    leaps: 0.3,
  });
  return piece(
    song,
    150,
    {
      slug: 'eight-bit-meadow',
      title: 'Eight-Bit Meadow',
      style: 'chiptune',
      ticksPerQuarter: 96,
      caption:
        'Chiptune for the first level of a video game: square-wave melody, fast broken chords, jumping bass and clicky percussion. C major, 150 BPM, carefree and bright.',
    },
    [
      part('Square lead', GM.squareLead, gate(melody, 0.8)),
      part(
        'Broken chords',
        GM.squareLead,
        pattern(song, '1231231231231231', { chords: [60, 71], velocity: 48, gate: 0.8, last: 'c---------------' }),
      ),
      part(
        'Bass',
        GM.synthBass,
        pattern(song, 'R.F.R.F.', { bass: [36, 48], velocity: 84, gate: 0.6, last: 'R-------' }),
      ),
      part(
        'Noise',
        'drums',
        groove({ kick: 'x...x...', snare: '..x...x.|..x...xx', hat: 'x.xxx.xx' }, song.bars - 1, 4),
      ),
    ],
  );
}

function trance(): Piece {
  const song = frame('4/4', 'F# minor', 'F#m | D | A | E | F#m | D | A | E | F#m | D | A | E | D | E | F#m | F#m');
  const arpeggio = pattern(song, '1232434512324345', {
    chords: [66, 80],
    velocity: 70,
    gate: 0.5,
    last: 'c---------------',
  });
  const rise = dynamics(arpeggio, [
    [0, -45],
    [32, 12],
    [64, 12],
  ]);
  const bass = pattern(song, '..R...R...R...R.', { bass: [30, 42], velocity: 88, gate: 0.9 });
  return piece(
    song,
    138,
    {
      slug: 'sunrise-trance',
      title: 'Sunrise Gate',
      style: 'trance',
      caption:
        'Uplifting trance (F-sharp minor, 138 BPM). An arpeggio fades in over string chords for eight bars without drums, then the kick drops and the off-beat bass takes over.',
    },
    [
      part('Arpeggio', GM.sawLead, rise),
      part('Strings', GM.strings, pattern(song, 'c---', { chords: [57, 71], velocity: 62 })),
      part('Bass', GM.synthBass, [...within(bass, 32, 60), { at: 60, length: 4, pitch: 30, velocity: 92 }]),
      part(
        'Drums',
        'drums',
        groove(
          {
            kick: 'X...X...X...X...',
            openHat: '..x...x...x...x.',
            clap: '....x.......x...',
            crash: 'X...............|................|................|................',
          },
          7,
          4,
          32,
        ),
      ),
    ],
  );
}

import { frame } from '../frame.ts';
import { GM } from '../instruments.ts';
import { pattern } from '../pattern.ts';
import { part, pedalEach, piece, rubato, swell } from '../piece.ts';
import type { Note, Piece } from '../score.ts';
import { accent, dynamics, gate, harmonize, humanize, shift, within } from '../transforms.ts';
import { tune } from '../tune.ts';

export function classicalPieces(): Piece[] {
  return [waltz(), sonatina(), invention(), canon(), minuet(), nocturne(), toccata(), organHymn(), choirHymn()];
}

function waltz(): Piece {
  const chart = 'G | G | D7 | D7 | Am | D7 | G | D7 | G | G7 | C | Am | G/D | D7 | G | G';
  const song = frame('3/4', 'G major', chart);
  const melody = tune(song, {
    form: 'a b a C a b d e',
    rhythms: { a: '2 1 | 1 1 1', b: '2 1 | 3', c: '1 1 1 | 3', d: '1.5 .5 1 | 2 1', e: '3 | 3' },
    range: [67, 84],
    seed: 11,
  });
  const hands = pattern(song, 'Rcc', { gate: 0.8, velocity: 62, last: 'x--' });
  return piece(
    song,
    138,
    {
      slug: 'waltz-for-an-evening',
      title: 'Waltz for an Evening',
      style: 'waltz',
      caption:
        'A light piano waltz in G major at 138 BPM. The left hand keeps the bass note and two chords of every bar while a graceful melody turns above it.',
    },
    [
      part('Right hand', GM.piano, humanize(accent(melody, 3), 12, 0.01)),
      part('Left hand', GM.piano, humanize(accent(hands, 3, 14), 13, 0.01)),
    ],
  );
}

function sonatina(): Piece {
  const chart = 'C | G7 | C | G | C | F | C/G G7 | C | G | D7 | G | D7 G | C | F | C/G G7 | C';
  const song = frame('4/4', 'C major', chart);
  const melody = tune(song, {
    form: 'a b a C d b a e',
    rhythms: {
      a: '1 .5 .5 1 1 | .5 .5 .5 .5 1 1',
      b: '1.5 .5 1 1 | 2 r1 1',
      c: '.5 .5 .5 .5 1 1 | 3 r1',
      d: '.5 .5 .5 .5 .5 .5 .5 .5 | 1 1 2',
      e: '1 1 .5 .5 1 | 4',
    },
    range: [69, 86],
    seed: 21,
  });
  const alberti = pattern(song, '13231323', { chords: [48, 62], velocity: 58, last: 'c-------' });
  return piece(
    song,
    132,
    {
      slug: 'little-sonatina',
      title: 'Little Sonatina',
      style: 'classical sonatina',
      caption:
        'Classical-style solo piano, bright and tidy: an Alberti bass in C major under a clear tune in 4/4, Allegro (132 beats per minute).',
    },
    [part('Right hand', GM.piano, accent(melody, 4)), part('Left hand', GM.piano, accent(alberti, 4, 8))],
  );
}

/** Both hands have the same line, the left one two bars later, over a harmony that comes round every two bars. */
function invention(): Piece {
  const song = frame('4/4', 'D minor', 'Dm Gm | A7 Dm', 8);
  const line = tune(song, {
    form: 'a b c a d b c e',
    rhythms: {
      a: '.25 .25 .25 .25 .5 .5 .25 .25 .25 .25 .5 .5 | .5 .5 .25 .25 .5 1 r1',
      b: '.5 .5 .5 .5 .5 .5 1 | .5 .5 .5 .5 1 1',
      c: '.25 .25 .25 .25 .25 .25 .25 .25 1 1 | .5 .25 .25 .5 .5 1 1',
      d: '1 .5 .5 1 .5 .5 | .25 .25 .25 .25 1 2',
      e: '.25 .25 .25 .25 .5 .5 1 1 | 1 1 2',
    },
    range: [65, 82],
    seed: 33,
  });
  const follower = shift(within(line, 0, 48), 8, -24);
  const close: Note[] = [38, 50].map((pitch) => ({ at: 60, length: 4, pitch, velocity: 80 }));
  return piece(
    song,
    84,
    {
      slug: 'invention-in-d-minor',
      title: 'Invention in D minor',
      style: 'baroque counterpoint',
      caption:
        'Two-voice baroque counterpoint for harpsichord in D minor, 84 BPM: the left hand imitates the running sixteenths of the right hand two bars later and two octaves lower.',
    },
    [
      part('Right hand', GM.harpsichord, gate(line, 0.92)),
      part('Left hand', GM.harpsichord, gate([...follower, ...close], 0.92)),
    ],
  );
}

function canon(): Piece {
  const song = frame('4/4', 'A major', 'A E F#m C#m | D A D E', 8);
  const theme = tune(song, {
    form: 'a b c d b c d e',
    rhythms: {
      a: '1 1 1 1 | 1 1 1 1',
      b: '.5 .5 .5 .5 .5 .5 .5 .5 | .5 .5 .5 .5 1 1',
      c: '1 .5 .5 1 .5 .5 | 1 .5 .5 1 1',
      d: '.5 .25 .25 .5 .25 .25 .5 .25 .25 .5 .25 .25 | .5 .5 1 1 1',
      e: '2 2 | 2 2',
    },
    range: [69, 85],
    seed: 41,
  });
  const ground = pattern(song, 'RRRR', { bass: [38, 55], velocity: 70 });
  const ending = [57, 69, 73, 76].map((pitch) => ({ at: 64, length: 4, pitch, velocity: 70 }));
  const voices = [0, 8, 16].map((delay, place) =>
    part(`Violin ${place + 1}`, GM.violin, [
      ...within(shift(theme, delay), 0, 64),
      ...ending.slice(place + 1, place + 2),
    ]),
  );
  return piece(
    song,
    66,
    {
      slug: 'canon-over-a-ground',
      title: 'Canon over a Ground',
      style: 'baroque canon',
      caption:
        'Three violins enter one after another with the same melody, each two bars behind the last, above a cello that repeats one ground bass from beginning to end. A major, slow and serene, around 66 BPM.',
    },
    [...voices, part('Cello', GM.cello, [...ground, ...ending.slice(0, 1)])],
  );
}

function minuet(): Piece {
  const chart = 'F | Bb | C7 | F | Dm | Gm | C7 | F | C | F/C | G7 | C | F | Bb | C7 | F';
  const song = frame('3/4', 'F major', chart);
  const melody = tune(song, {
    form: 'a b a C d b a e',
    rhythms: {
      a: '1 .5 .5 1 | 1 1 1',
      b: '1 1 1 | 2 1',
      c: '.5 .5 .5 .5 1 | 3',
      d: '2 1 | .5 .5 .5 .5 1',
      e: '1 2 | 3',
    },
    range: [69, 84],
    seed: 52,
  });
  const chords = [53, 66] as const;
  return piece(
    song,
    112,
    {
      slug: 'minuet-for-strings',
      title: 'Minuet for Strings',
      style: 'minuet',
      caption:
        'Menuet élégant pour quatuor à cordes en fa majeur, à trois temps, 112 à la noire : le premier violon chante, les autres accompagnent avec légèreté.',
      language: 'fr',
    },
    [
      part('Violin I', GM.violin, accent(melody, 3)),
      part('Violin II', GM.violin, pattern(song, '3--|.33', { chords, velocity: 64, gate: 0.85, last: '3--' })),
      part('Viola', GM.viola, pattern(song, '2--|.22', { chords, velocity: 62, gate: 0.85, last: '2--' })),
      part('Cello', GM.cello, pattern(song, 'R--|R.F', { bass: [41, 53], velocity: 70, gate: 0.9, last: 'R--' })),
    ],
  );
}

function nocturne(): Piece {
  const chart = 'Bm | Em/B | F#7 | Bm | G | Em | F#7 | Bm | D | A/C# | Bm | F# | G | Em F#7 | Bm | Bm';
  const song = frame('4/4', 'B minor', chart);
  const melody = tune(song, {
    form: 'a b a C d b e f',
    rhythms: {
      a: '2 1 1 | 3 1',
      b: '1.5 .5 1 1 | 2 r1 1',
      c: '1 1 1 1 | 4',
      d: '3 1 | 1 1 2',
      e: '2 .5 .5 1 | 3 r1',
      f: '4 | 4',
    },
    range: [66, 85],
    seed: 63,
  });
  const arpeggio = pattern(song, 'R2343 2R2343 2'.replaceAll(' ', ''), {
    chords: [54, 68],
    bass: [35, 47],
    velocity: 46,
    last: 'R2345-------',
  });
  const shape = [
    [0, -6],
    [16, 8],
    [30, -4],
    [44, 14],
    [64, -16],
  ] as const;
  return piece(
    song,
    rubato(63, song.bars, 4),
    {
      slug: 'nocturne',
      title: 'Nocturne',
      style: 'romantic nocturne',
      caption:
        "Nocturne pour piano seul en si mineur. Une mélodie mélancolique flotte au-dessus d'arpèges de la main gauche ; le tempo, autour de 63, respire librement et la pédale change à chaque mesure.",
      language: 'fr',
    },
    [
      part('Right hand', GM.piano, humanize(dynamics(melody, shape), 64, 0.03, 5), {
        pedal: pedalEach(4, song.length),
      }),
      part('Left hand', GM.piano, humanize(dynamics(arpeggio, shape), 65, 0.02, 5)),
    ],
  );
}

function toccata(): Piece {
  const chart = 'Cm | Fm | G | G | Cm | Ab | Fm | G7 | Cm | Bb | Ab | G | Fm | G7 | Cm G7 | Cm';
  const song = frame('4/4', 'C minor', chart);
  const slow = within(pattern(song, 'c-------', { chords: [55, 74], velocity: 96 }), 0, 16);
  const fast = within(
    pattern(song, '1324354613243546', { chords: [60, 74], velocity: 84, last: 'c---------------' }),
    16,
    64,
  );
  const feet = [
    ...within(pattern(song, 'R---', { bass: [36, 48] }), 0, 16),
    ...within(pattern(song, 'R-RFR-R-', { bass: [36, 48], last: 'R---' }), 16, 64),
  ];
  return piece(
    song,
    [
      [0, 54],
      [16, 108],
      [56, 92],
      [60, 60],
    ],
    {
      slug: 'toccata-for-organ',
      title: 'Toccata for Organ',
      style: 'toccata',
      caption:
        'Church organ in C minor. It opens with four bars of massive slow chords at 54 BPM, breaks into a toccata of sixteenth notes twice as fast over the pedals, and broadens out again for the final chord. Grand, dark, a little theatrical.',
    },
    [part('Manual', GM.churchOrgan, [...slow, ...gate(fast, 0.9)]), part('Pedal', GM.churchOrgan, feet)],
  );
}

function organHymn(): Piece {
  const chart =
    'F C | Dm Bb | F/C C7 | F | C G | Am F | Dm G7 | C | F C | Dm Bb | Gm C7 | Dm | Bb F | Gm Dm | Bb C7 | F';
  const song = frame('4/4', 'F major', chart);
  const soprano = tune(song, {
    form: 'a a a B a a a c',
    rhythms: { a: '1 1 1 1 | 1 1 2', b: '1 1 1 1 | 4', c: '1 1 1 1 | 4' },
    range: [67, 79],
    seed: 71,
    leaps: 0.05,
  });
  const inner = pattern(song, 'c-c-', { chords: [53, 65], velocity: 66 });
  const bass = pattern(song, 'R-R-', { bass: [36, 50], velocity: 74 });
  return piece(
    song,
    72,
    {
      slug: 'evening-hymn',
      title: 'Evening Hymn',
      style: 'hymn',
      caption: 'A hymn on the church organ, F major, 72 BPM, common time. Plain, dignified, congregational.',
    },
    [part('Manual', GM.churchOrgan, [...soprano, ...inner]), part('Pedal', GM.churchOrgan, bass)],
  );
}

function choirHymn(): Piece {
  const chart = 'Eb | Ab | Eb/G | Bb7 | Cm | Ab | Bb7 | Eb | Ab | Eb | Fm | Bb | Cm | Fm | Bb7 | Eb';
  const song = frame('3/4', 'Eb major', chart);
  const soprano = tune(song, {
    form: 'a a b C a a b d',
    rhythms: { a: '2 1 | 2 1', b: '1 1 1 | 2 1', c: '2 1 | 3', d: '2 1 | 3' },
    range: [67, 79],
    seed: 82,
    leaps: 0.08,
  });
  const chords = [51, 64] as const;
  const breath = swell([
    [0, 60],
    [12, 100],
    [24, 70],
    [36, 112],
    [48, 50],
  ]);
  return piece(
    song,
    80,
    {
      slug: 'choral-for-voices',
      title: 'Choral for Voices',
      style: 'hymn',
      caption:
        'Wordless choir, four voices in E-flat major and triple time; it swells and sinks like breath. Devotional and calm (80 BPM).',
    },
    [
      part('Soprano', GM.choir, soprano, { expression: breath }),
      part('Alto', GM.choir, harmonize(song, soprano, -2), { expression: breath }),
      part('Tenor', GM.choir, pattern(song, '1--', { chords, velocity: 70 }), { expression: breath }),
      part('Bass', GM.choir, pattern(song, 'R--', { bass: [39, 51], velocity: 76 }), { expression: breath }),
    ],
  );
}

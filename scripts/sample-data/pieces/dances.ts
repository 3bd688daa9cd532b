import { groove } from '../drums.ts';
import { frame } from '../frame.ts';
import { GM } from '../instruments.ts';
import { pattern } from '../pattern.ts';
import { part, piece, vibrato } from '../piece.ts';
import type { Piece } from '../score.ts';
import { accent, gate, harmonize, humanize, shift, strum, within } from '../transforms.ts';
import { tune } from '../tune.ts';

export function dancePieces(): Piece[] {
  return [vienneseWaltz(), march(), tango(), ragtime(), jig(), slipJig(), balkan()];
}

function vienneseWaltz(): Piece {
  const chart = 'D | D | A7 | A7 | Em | A7 | D | D | D | D7 | G | Gm | D/A | A7 | D | D';
  const song = frame('3/4', 'D major', chart, 2);
  const melody = tune(song, {
    form: 'a b a C a b d e f g f h f g d e',
    rhythms: {
      a: '2 1 | 2 1',
      b: '1 1 1 | 3',
      c: '1 1 1 | 2 r1',
      d: '3 | 2 1',
      e: '3 | 2 r1',
      f: '.5 .5 .5 .5 .5 .5 | 2 1',
      g: '1 2 | 1 2',
      h: '1 1 1 | 3',
    },
    range: [69, 86],
    seed: 101,
  });
  const chords = [57, 70] as const;
  return piece(
    song,
    174,
    {
      slug: 'ballroom-waltz',
      title: 'Ballroom Waltz',
      style: 'viennese waltz',
      caption:
        'A whirling ballroom waltz for small orchestra: violins carry the tune, doubled by a flute in the second half, horns and pizzicato strings mark the after-beats, cellos the first beat. D major, 174 BPM, 3/4, festive and elegant.',
    },
    [
      part('Violins', GM.violin, accent(melody, 3), { bends: vibrato(melody, 0.06) }),
      part('Flute', GM.flute, shift(within(melody, 48, 96), 0, 12)),
      part('Horns', GM.horn, pattern(song, '.cc', { chords: [52, 64], velocity: 58, gate: 0.5, last: 'c--' })),
      part('Pizzicato', GM.pizzicato, pattern(song, '.cc', { chords, velocity: 66, gate: 0.4, last: 'c--' })),
      part('Cellos', GM.cello, pattern(song, 'R--', { bass: [38, 50], velocity: 78, gate: 0.7 })),
    ],
  );
}

function march(): Piece {
  const chart = 'Bb | Bb | F7 | F7 | Cm | F7 | Bb | F7 | Bb | Bb7 | Eb | Ebm | Bb/F | F7 | Bb | Bb';
  const song = frame('2/4', 'Bb major', chart, 2);
  const melody = tune(song, {
    form: 'a b a C a b d e a b a C a b d e',
    rhythms: {
      a: '.75 .25 .5 .5 | 1 1',
      b: '.5 .5 .5 .5 | .75 .25 1',
      c: '.5 .5 .5 .5 | 1.5 r.5',
      d: '1 .5 .5 | 1 1',
      e: '.5 .5 .5 .5 | 1.5 r.5',
    },
    range: [65, 80],
    seed: 112,
  });
  return piece(
    song,
    116,
    {
      slug: 'parade-march',
      title: 'Parade March',
      style: 'march',
      caption:
        'Brass band march in B-flat major, 2/4 at 116 BPM: trumpets in thirds, trombone off-beats, tuba on the beat, snare and bass drum. Proud and bright.',
    },
    [
      part('Trumpet 1', GM.trumpet, gate(accent(melody, 2), 0.85)),
      part('Trumpet 2', GM.trumpet, gate(harmonize(song, melody, -2), 0.85)),
      part(
        'Trombones',
        GM.trombone,
        pattern(song, '.c.c', { chords: [50, 63], velocity: 70, gate: 0.6, last: 'c-..' }),
      ),
      part('Tuba', GM.tuba, pattern(song, 'R.F.', { bass: [34, 47], velocity: 84, gate: 0.8, last: 'R-..' })),
      part(
        'Drums',
        'drums',
        groove(
          { kick: 'x...x...', snare: '..x...x.|..x.oxxx', crash: 'x.......|........|........|........' },
          song.bars,
          2,
        ),
      ),
    ],
  );
}

function tango(): Piece {
  const chart = 'Gm | Gm | D7 | D7 | Cm | Gm | A7 | D7 | Eb | Bb | Cm | Gm | Cm | Gm | D7 | Gm';
  const song = frame('4/4', 'G minor', chart);
  const melody = tune(song, {
    form: 'a b a C d b a e',
    rhythms: {
      a: '.75 .25 .5 .5 1 1 | 1.5 .5 2',
      b: 'r.5 .5 .5 .5 1 1 | 3 r1',
      c: '.5 .5 .5 .5 .75 .25 1 | 2 r2',
      d: '2 1 1 | 1.5 .5 1 1',
      e: '.5 .5 .5 .5 1 1 | 1 r1 1 r1',
    },
    range: [64, 81],
    seed: 123,
  });
  const low = within(shift(melody, 0, -12), 32, 64);
  return piece(
    song,
    122,
    {
      slug: 'tango-del-puerto',
      title: 'Tango del puerto',
      style: 'tango',
      caption:
        'Tango apasionado en sol menor, a 122 pulsos por minuto. El bandoneón lleva la melodía, el violín se le une en la segunda mitad, y el piano y el contrabajo marcan un ritmo seco y decidido.',
      language: 'es',
    },
    [
      part('Bandoneon', GM.bandoneon, humanize(gate(melody, 0.9), 124, 0.012)),
      part('Violin', GM.violin, harmonize(song, shift(low, 0, 12), 2)),
      part(
        'Piano',
        GM.piano,
        pattern(song, 'C.c.C.c.|C.c.C.cc', { chords: [52, 67], velocity: 74, gate: 0.55, last: 'C.....C.' }),
      ),
      part(
        'Double bass',
        GM.acousticBass,
        pattern(song, 'R..RR.F.', { bass: [31, 46], velocity: 84, gate: 0.8, last: 'R.....R.' }),
      ),
    ],
  );
}

function ragtime(): Piece {
  const chart =
    'C | C | G7 | G7 | G7 | G7 | C | G7 | C | C7 | F | Fm | C/G | A7 | D7 G7 | C | F | F | C | C | C7 | C7 | F | F | F | F#dim7 | C/G | A7 | D7 | G7 | C G7 | C';
  const song = frame('2/4', 'C major', chart);
  const melody = tune(song, {
    form: 'a b a C a b d e f g f g a b d e',
    rhythms: {
      a: '.25 .5 .25 .5 .5 | .25 .5 .25 1',
      b: '.25 .25 .25 .25 .25 .5 .25 | .5 .5 .5 .5',
      c: '.25 .5 .25 .5 .5 | 1 .5 r.5',
      d: '.25 .5 .5 .25 .5 | .25 .25 .25 .25 .5 .5',
      e: '.25 .5 .25 .5 .5 | 1 1',
      f: '.5 .25 .5 .25 .25 .25 | .25 .5 .25 1',
      g: '.25 .5 .25 .25 .5 .25 | .5 .5 1',
    },
    range: [70, 88],
    seed: 134,
    leaps: 0.3,
  });
  const octaves = shift(melody, 0, -12).map((note) => ({ ...note, velocity: note.velocity - 14 }));
  return piece(
    song,
    92,
    {
      slug: 'cobblestone-rag',
      title: 'Cobblestone Rag',
      style: 'ragtime',
      caption:
        'Cheerful ragtime for a slightly out-of-tune honky-tonk piano, C major, 2/4, 92 BPM: stride left hand, syncopated right hand in octaves.',
    },
    [
      part('Right hand', GM.honkyTonk, gate([...melody, ...octaves], 0.9)),
      part(
        'Left hand',
        GM.honkyTonk,
        pattern(song, 'RcFc', { bass: [36, 48], chords: [52, 65], velocity: 66, gate: 0.75, last: 'x-x-' }),
      ),
    ],
  );
}

function jig(): Piece {
  const chart = 'D | D | G | A | D | Bm | G A | D | D | A | Bm | F#m | G | D | G A | D';
  const song = frame('6/8', 'D major', chart, 2);
  const melody = tune(song, {
    form: 'a b a c d b d c a b a c d b d e',
    rhythms: {
      a: '.5 .5 .5 .5 .5 .5 | 1 .5 .5 .5 .5',
      b: '.5 .5 .5 1 .5 | .5 .5 .5 .5 .5 .5',
      c: '.5 .5 .5 .5 .5 .5 | 1.5 1 r.5',
      d: '1 .5 1 .5 | .5 .5 .5 .5 .5 .5',
      e: '.5 .5 .5 .5 .5 .5 | 1.5 1.5',
    },
    range: [66, 83],
    seed: 145,
    leaps: 0.2,
  });
  const guitar = pattern(song, 'C.cC.c', { chords: [50, 66], velocity: 62, gate: 0.9, last: 'C-----' });
  const tapped = groove({ lowBongo: 'Xoxxox', tambourine: '...x..' }, song.bars - 1, 3);
  return piece(
    song,
    174,
    {
      slug: 'harbour-jig',
      title: 'The Harbour Jig',
      style: 'folk jig',
      caption:
        "A fiddle jig! Two eight-bar strains, played twice, lively 6/8 in D major, with strummed steel-string guitar and hand drum. You can't sit still to it.",
    },
    [
      part('Fiddle', GM.fiddle, humanize(accent(melody, 1.5, 12), 146, 0.008)),
      part('Guitar', GM.steelGuitar, strum(guitar, 0.02)),
      part('Bodhran', 'drums', tapped),
    ],
  );
}

function slipJig(): Piece {
  const chart = 'G | G | C | D | Em | Em | C | D | G | Bm | C | G | Am | D | C D | G';
  const song = frame('9/8', 'G major', chart);
  const melody = tune(song, {
    form: 'a b a c d b d e',
    rhythms: {
      a: '1 .5 .5 .5 .5 1 .5 | 1 .5 1 .5 1.5',
      b: '.5 .5 .5 1 .5 1 .5 | .5 .5 .5 .5 .5 .5 1.5',
      c: '1 .5 1 .5 1 .5 | 3 1 r.5',
      d: '1.5 1 .5 .5 .5 .5 | 1 .5 1.5 1.5',
      e: '.5 .5 .5 1 .5 1 .5 | 4.5',
    },
    range: [67, 84],
    seed: 156,
  });
  return piece(
    song,
    150,
    {
      slug: 'slip-jig-at-dawn',
      title: 'Slip Jig at Dawn',
      style: 'folk slip jig',
      caption:
        'Celtic slip jig in 9/8 and G major: a tin whistle dances over rolling harp arpeggios, with nothing else. Airy, hopeful, at 100 dotted-quarter beats per minute.',
    },
    [
      part('Tin whistle', GM.whistle, humanize(melody, 157, 0.01)),
      part(
        'Harp',
        GM.harp,
        pattern(song, 'R13243132', { bass: [43, 55], chords: [57, 71], velocity: 60, last: 'x--------' }),
      ),
    ],
  );
}

function balkan(): Piece {
  const chart = 'D | D | Eb | D | Cm | D | Eb | D | Gm | Gm | Cm | D | Eb | Cm | D | D';
  const song = frame('7/8', 'D hijaz', chart);
  const melody = tune(song, {
    form: 'a b a C d b d e',
    rhythms: {
      a: '.5 .5 .5 1 .5 .5 | 1 .5 1 1',
      b: '.5 .5 .5 .5 .5 .5 .5 | .5 .5 .5 1 1',
      c: '.5 .5 .5 .5 .5 1 | 1.5 1 r1',
      d: '1.5 1 1 | .5 .5 .5 .5 .5 .5 .5',
      e: '.5 .5 .5 .5 .5 .5 .5 | 1.5 1 1',
    },
    range: [62, 80],
    seed: 167,
    leaps: 0.1,
  });
  return piece(
    song,
    216,
    {
      slug: 'seven-at-the-wedding',
      title: 'Seven at the Wedding',
      style: 'balkan dance',
      caption:
        'Fiery Balkan wedding dance in 7/8, counted three-two-two. Clarinet and accordion race through D hijaz while bass and hand drums stamp out the uneven beat; 216 quarter notes per minute.',
    },
    [
      part('Clarinet', GM.clarinet, humanize(accent(melody, 3.5, 12), 168, 0.008)),
      part(
        'Accordion',
        GM.accordion,
        pattern(song, 'C.cC.C.', { chords: [57, 70], velocity: 64, gate: 0.7, last: 'C-----.' }),
      ),
      part(
        'Bass',
        GM.acousticBass,
        pattern(song, 'R..F.R.', { bass: [33, 46], velocity: 86, gate: 0.9, last: 'R-----.' }),
      ),
      part(
        'Darbuka',
        'drums',
        groove({ lowBongo: 'X......|X.....o', highBongo: '.oxX.x.|.oxX.xx', tambourine: 'x.xx.x.' }, song.bars, 3.5),
      ),
    ],
  );
}

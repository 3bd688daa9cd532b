import { groove } from '../drums.ts';
import { barLengthOf } from '../frame.ts';
import { part } from '../piece.ts';
import type { Note, Piece } from '../score.ts';
import { humanize } from '../transforms.ts';

export function percussionPieces(): Piece[] {
  return [drumSolo(), batucada()];
}

function percussionPiece(
  bpm: number,
  meter: string,
  facts: Pick<Piece, 'slug' | 'title' | 'style' | 'caption' | 'language'>,
  players: Readonly<Record<string, readonly Note[]>>,
): Piece {
  return {
    ...facts,
    key: undefined,
    tempi: [[0, bpm]],
    meters: [[0, meter]],
    ticksPerQuarter: 480,
    parts: Object.entries(players).map(([name, notes]) => part(name, 'drums', notes)),
  };
}

function drumSolo(): Piece {
  const bar = barLengthOf('4/4');
  const beat = {
    kick: 'X.....x.x.x.....|X.....x.x..x..x.',
    snare: '....X..o....X..o',
    hat: 'x.x.x.x.x.x.x.x.',
    crash: 'X...............|................|................|................',
  };
  const half = {
    kick: 'X.........x.....',
    snare: '........X.......',
    ride: 'x.x.x.x.x.x.x.x.',
    bell: 'X.......X.......',
  };
  const fill = {
    snare: 'xxxxXoooX.......',
    highTom: '........xx......',
    midTom: '..........xx....',
    lowTom: '............xxxx',
    kick: 'x...x...x...x...',
  };
  const notes = [
    ...groove(beat, 7, bar),
    ...groove(fill, 1, bar, 28),
    ...groove(half, 3, bar, 32),
    ...groove(fill, 1, bar, 44),
    ...groove(beat, 3, bar, 48),
    ...groove({ crash: 'X...............', kick: 'X...............' }, 1, bar, 60),
  ];
  return percussionPiece(
    104,
    '4/4',
    {
      slug: 'drum-kit-alone',
      title: 'Drum Kit Alone',
      style: 'solo drums',
      language: 'en',
      caption:
        'Solo drum kit, nothing else: a rock groove with ghost notes, a half-time section on the ride cymbal, and rolling tom fills between them. 104 BPM, 4/4.',
    },
    { 'Drum kit': humanize(notes, 501, 0.008, 8) },
  );
}

function batucada(): Piece {
  const bar = barLengthOf('2/4');
  return percussionPiece(
    112,
    '2/4',
    {
      slug: 'batucada',
      title: 'Batucada',
      style: 'samba percussion',
      language: 'es',
      caption:
        'Batucada de samba solo con percusión: surdos, shaker, caja, agogó y tamborín entran de cuatro en cuatro compases hasta sonar todos juntos. 2/4, 112 pulsos por minuto; pura fiesta.',
    },
    {
      Surdos: groove({ surdo: '....X...', muteSurdo: 'X.......' }, 24, bar),
      Shaker: humanize(groove({ shaker: 'XoxoXoxo' }, 20, bar, 8), 502, 0.006),
      Caixa: humanize(groove({ snare: 'XooXooXo|oXooXoXo' }, 16, bar, 16), 503, 0.006),
      Agogo: groove({ highAgogo: 'x.x..x..|..x.x...', lowAgogo: '...x...x|x.....x.' }, 12, bar, 24),
      Tamborim: groove({ highTimbale: 'x.xx.x.x|x.x.xx.x' }, 8, bar, 32),
    },
  );
}

import type { KnownPiece } from '../style.ts';
import { durationSlots } from './duration-slots.ts';
import { instrumentSlots } from './instrument-slots.ts';
import { statement } from './statement.ts';
import { tempoSlots } from './tempo-slots.ts';

/** What a line may hold of a piece; undefined where it cannot be said of this one. */
export function slotsOf(piece: KnownPiece, random: () => number): Readonly<Record<string, string | undefined>> {
  const one = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  return {
    ...keySlots(piece, one),
    ...tempoSlots(piece, one),
    ...meterSlots(piece, one),
    ...durationSlots(piece.seconds, one),
    ...instrumentSlots(piece, one),
    ...sayableNames(piece),
    mood: one(moods),
    mood2: one(laterMoods),
    genre: one(genres),
    scene: one(scenes),
  };
}

function keySlots({ tonic, mode }: KnownPiece, one: (words: readonly string[]) => string) {
  const letter = tonic.charAt(0);
  const accidental = tonic.slice(1);
  const name = accidental === '#' ? '-sharp' : accidental === 'b' ? '-flat' : '';
  const symbol = accidental.replace('#', '♯').replace('b', '♭');
  const spelled = one([letter + name, letter + name, tonic, tonic, letter + name.replace('-', ' '), letter + symbol]);
  const short = mode === 'minor' ? ['m', 'm', 'min', ' min', ' minor'] : ['maj', ' maj', ' major'];
  const capital = mode === 'minor' ? 'Minor' : 'Major';
  return {
    key: statement('key', `${spelled} ${mode}`),
    keytitle: statement('key', `${tonic} ${capital}`),
    keyshort: statement('key', `${tonic}${one(short)}`),
    keycode: statement('key', one([`${tonic}:${mode.slice(0, 3)}`, `${tonic}_${mode}`, `${tonic}-${mode}`])),
    keyhyphen: statement('key', `${letter}${name} ${mode}`),
    tonic: mode === 'major' ? statement('key', one([tonic, letter + name])) : undefined,
  };
}

function meterSlots({ meter }: KnownPiece, one: (words: readonly string[]) => string) {
  const numbers: Readonly<Record<string, string>> = {
    2: 'two',
    3: 'three',
    4: 'four',
    5: 'five',
    6: 'six',
    7: 'seven',
    8: 'eight',
    9: 'nine',
    12: 'twelve',
  };
  const [beats = '', unit = ''] = meter.split('/');
  const beatsWord = unit === '4' ? numbers[beats] : undefined;
  const inWords = numbers[beats] && numbers[unit] ? `${numbers[beats]}-${numbers[unit]}` : meter;
  const names = meter === '3/4' ? ['waltz time', '3/4 time'] : meter === '4/4' ? ['common time', '4/4 time'] : [];
  return {
    meter: statement('meter', meter),
    metertime: statement('meter', one([`${meter} time`, `${meter} time`, `${inWords} time`, ...names])),
    meterword: statement('meter', inWords),
    beats:
      beatsWord &&
      statement(
        'meter',
        `${one([beatsWord, beats])} beats ${one(['to the bar', 'to a bar', 'per bar', 'per measure', 'in each bar'])}`,
      ),
  };
}

/** Names that state nothing of the kinds themselves: "Sonata in C minor" would. */
function sayableNames({ title, artist }: KnownPiece) {
  const sayable = (name: string) => /^[A-Z][\w' ]{2,40}$/.test(name) && !/\d|_|major|minor|waltz|\bin\b/i.test(name);
  return { title: sayable(title) ? title : undefined, artist: sayable(artist) ? artist : undefined };
}

const moods = (
  'melancholic hopeful dreamy tender dark playful nostalgic warm bittersweet mysterious gentle dramatic cheerful ' +
  'solemn wistful epic relaxing energetic uplifting romantic haunting serene quirky tense'
).split(' ');

const laterMoods = 'intimate cinematic catchy emotional reflective heartfelt atmospheric elegant simple moody'.split(
  ' ',
);

const genres =
  'classical jazz folk pop electronic ambient rock new-age soundtrack blues Latin country gospel funk Celtic indie'.split(
    ' ',
  );

const scenes = [
  'a rainy afternoon',
  'a late-night drive',
  'an old film',
  'a quiet evening at home',
  'a train ride through the mountains',
  'a candlelit dinner',
  'an empty street at dawn',
  'a walk along the sea',
  'a village festival',
];

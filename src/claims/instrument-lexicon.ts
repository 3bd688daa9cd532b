/** General MIDI programs from `first` to `last`, both included. */
const range = (first: number, last = first): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

export const DRUMS = 128;
const DRUM_PROGRAMS = [DRUMS, ...range(112, 119)];

export interface Instrument {
  readonly name: string;
  readonly programs: readonly number[];
  /** A word that means this only in a list of instruments or beside a word of playing: "bass", "horn", "keys". */
  readonly isVague?: boolean;
  /** One who plays it. */
  readonly isPlayer?: boolean;
  /** An abbreviation that is something else anywhere but in a list. */
  readonly isShort?: boolean;
}

const INSTRUMENTS: readonly (readonly [names: string, programs: readonly number[], isVague?: boolean])[] = [
  ['piano|pianos|pno|pf|grand piano|acoustic piano|upright piano|pianoforte', range(0, 7)],
  ['electric piano|rhodes|wurlitzer|e-piano', range(2, 5)],
  ['harpsichord', [6]],
  ['clavinet|clavi', [7]],
  ['keyboard|keyboards|keys', [...range(0, 23), ...range(50, 51), ...range(62, 63), ...range(80, 103)], true],
  ['celesta|celeste', [8]],
  ['glockenspiel', [9]],
  ['music box', [10]],
  ['vibraphone', [11]],
  ['marimba', [12]],
  ['xylophone', [13]],
  ['tubular bells', [14]],
  ['dulcimer', [15]],
  ['bells', [8, 9, 10, 14, 15, 112], true],
  ['mallets', range(8, 15)],
  ['organ|organs|hammond|hammond organ|pipe organ|church organ', range(16, 20)],
  ['accordion|bandoneon|concertina', [21, 23]],
  ['harmonica', [22]],
  ['guitar|guitars|gtr', range(24, 31)],
  [
    'acoustic guitar|acoustic guitars|nylon guitar|classical guitar|steel guitar|steel-string guitar|nylon-string guitar',
    range(24, 25),
  ],
  ['electric guitar|electric guitars|lead guitar|rhythm guitar', range(26, 31)],
  ['distorted guitar|distortion guitar|overdriven guitar|distorted guitars', range(29, 31)],
  ['ukulele|mandolin', range(24, 25)],
  ['bass guitar|electric bass|bass guitars', range(32, 39)],
  ['slap bass', range(36, 37)],
  ['fretless bass', [35]],
  ['synth bass', range(38, 39)],
  ['upright bass|double bass|acoustic bass|contrabass', [32, 43]],
  ['bass', [...range(32, 39), 43], true],
  ['violin|violins|vln|fiddle', [40, 110, 44, 45, 48, 49]],
  ['viola|violas|vla', [41, 44, 45, 48, 49]],
  ['cello|cellos|celli|violoncello|vlc|vcl', [42, 44, 45, 48, 49]],
  ['harp|harps', [46]],
  ['timpani', [47]],
  [
    'strings|string section|string ensemble|string orchestra|string quartet|string trio|string quintet',
    [...range(40, 45), ...range(48, 51)],
  ],
  ['orchestra|symphony orchestra|full orchestra', [...range(40, 49), ...range(55, 61), ...range(68, 75)]],
  ['choir|chorus of voices|choral voices', [52, 53, 54, 85, 91]],
  ['trumpet|trumpets|tpt|cornet|flugelhorn', [56, 59, 61]],
  ['trombone|trombones|tbn', [57, 61]],
  ['tuba|tubas|euphonium', [58]],
  ['french horn|french horns', [60]],
  ['horn|horns', [...range(56, 61), ...range(62, 67)], true],
  ['brass|brass section|brass band|brass quintet|brass ensemble', range(56, 63)],
  ['saxophone|saxophones|sax|saxes', range(64, 67)],
  ['soprano sax|soprano saxophone', [64]],
  ['alto sax|alto saxophone', [65]],
  ['tenor sax|tenor saxophone', [66]],
  ['baritone sax|baritone saxophone', [67]],
  ['oboe|oboes', [68]],
  ['english horn|cor anglais', [69]],
  ['bassoon|bassoons', [70]],
  ['clarinet|clarinets|bass clarinet', [71]],
  ['woodwind|woodwinds|wind quintet|winds', range(64, 79)],
  ['piccolo', [72]],
  ['flute|flutes', [73]],
  ['recorder', [74]],
  ['pan flute|panpipes|pan pipes', [75]],
  ['shakuhachi', [77]],
  ['whistle', [78], true],
  ['ocarina', [79]],
  ['synth|synths|synthesizer|synthesizers|synthesiser', [38, 39, 50, 51, 54, 62, 63, ...range(80, 103)]],
  ['synth lead|synth leads|lead synth', range(80, 87)],
  ['synth pad|synth pads|pad|pads', [...range(88, 95), ...range(48, 52), 54]],
  ['sitar', [104]],
  ['banjo', [105]],
  ['shamisen', [106]],
  ['koto', [107]],
  ['kalimba', [108]],
  ['bagpipe|bagpipes', [109]],
  ['steel drums|steelpan|steel drum', [114]],
  ['taiko', [116, DRUMS]],
  [
    'drums|drum|drum kit|drumkit|drum set|percussion|drum machine|drum beat|drumbeat|drum track|snare|hi-hat|hi-hats|cymbals|kick drum|bass drum|perc|drum machine|tambourine|congas|bongos|shaker',
    DRUM_PROGRAMS,
  ],
];

/** Who plays stands for what is played where it is said that they do: "a lone pianist plays". */
const PLAYERS: readonly (readonly [player: string, instrument: string])[] = [
  ['pianist', 'piano'],
  ['guitarist', 'guitar'],
  ['violinist', 'violin'],
  ['fiddler', 'violin'],
  ['violist', 'viola'],
  ['cellist', 'cello'],
  ['bassist', 'bass'],
  ['flautist', 'flute'],
  ['flutist', 'flute'],
  ['oboist', 'oboe'],
  ['bassoonist', 'bassoon'],
  ['harpist', 'harp'],
  ['organist', 'organ'],
  ['harpsichordist', 'harpsichord'],
  ['accordionist', 'accordion'],
  ['drummer', 'drums'],
  ['percussionist', 'drums'],
  ['trumpeter', 'trumpet'],
  ['trombonist', 'trombone'],
  ['saxophonist', 'saxophone'],
  ['clarinettist', 'clarinet'],
  ['clarinetist', 'clarinet'],
];

/** Abbreviations in scores, which are a name where they are an item of their own. */
const SHORT: readonly (readonly [short: string, instrument: string])[] = (
  [
    ['kbd keyb keys', 'keyboard'],
    ['vn vl vlns vns', 'violin'],
    ['va vlas', 'viola'],
    ['vc vcs vlcs', 'cello'],
    ['cb', 'contrabass'],
    ['fl flt', 'flute'],
    ['picc', 'piccolo'],
    ['ob obs', 'oboe'],
    ['cl clar clt', 'clarinet'],
    ['bn bsn fg', 'bassoon'],
    ['hn hns', 'horn'],
    ['tp tpts trp trpt', 'trumpet'],
    ['trb trbn tbns', 'trombone'],
    ['tba', 'tuba'],
    ['timp', 'timpani'],
    ['drs', 'drums'],
    ['gt gtrs guit', 'guitar'],
    ['hpsd hps cemb', 'harpsichord'],
    ['hp', 'harp'],
    ['org', 'organ'],
    ['str strs', 'strings'],
    ['sx', 'saxophone'],
    ['vib vibes vbs', 'vibraphone'],
  ] as const
).flatMap(([shorts, instrument]) => shorts.split(' ').map((short) => [short, instrument] as const));

export interface LexiconEntry extends Instrument {
  readonly words: readonly string[];
}

/** Entries by their first word, those of more words first. */
export const INSTRUMENTS_BY_WORD: ReadonlyMap<string, readonly LexiconEntry[]> = byFirstWord();

function byFirstWord(): ReadonlyMap<string, readonly LexiconEntry[]> {
  const found = new Map<string, LexiconEntry[]>();
  for (const [names, programs, isVague = false] of INSTRUMENTS) {
    const [name = ''] = names.split('|');
    for (const spelling of names.split('|')) {
      const words = spelling.split(/ |(?=-)|(?<=-)/);
      const [first = ''] = words;
      found.set(first, [...(found.get(first) ?? []), { name, programs, isVague, words }]);
    }
  }
  for (const [player, instrument] of PLAYERS) {
    const played = found.get(instrument)?.find(({ words }) => words.length === 1);
    if (played !== undefined) found.set(player, [{ ...played, isPlayer: true, words: [player] }]);
  }
  for (const [short, instrument] of SHORT) {
    const played = found.get(instrument)?.find(({ words }) => words.length === 1);
    if (played !== undefined && !found.has(short))
      found.set(short, [{ ...played, isVague: false, isShort: true, words: [short] }]);
  }
  for (const entries of found.values()) entries.sort((a, b) => b.words.length - a.words.length);
  return found;
}

/** Wordings of what is known of a piece, kind by kind; nothing where no wording would be true. */
import type { KnownPiece, Stated } from '../style.ts';

export interface Wording {
  readonly text: string;
  readonly stated: readonly Stated[];
}

type Slot = (piece: KnownPiece, random: () => number) => Wording | undefined;

const COUNTS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** How people spell keys that could be spelled with too many accidentals. */
const USUAL: Readonly<Record<'major' | 'minor', Readonly<Record<string, string>>>> = {
  major: { 'C#': 'Db', 'D#': 'Eb', 'G#': 'Ab', 'A#': 'Bb' },
  minor: { Db: 'C#', Gb: 'F#', Ab: 'G#', 'D#': 'Eb', 'A#': 'Bb' },
};
const METER_WORDS: Readonly<Record<string, readonly string[]>> = {
  '4/4': ['4/4', '4/4', 'four-four', '4/4'],
  '3/4': ['3/4', '3/4', 'three-four', 'waltz'],
  '2/4': ['2/4', 'two-four'],
  '6/8': ['6/8', '6/8', 'six-eight'],
};
/** Names that say something that captions are tested for, or might seem to. */
const TELLING = new RegExp(
  '\\d|[{}<>"]|major|minor|waltz|valse|time|beat|minute|second|tempo|slow|fast|quick|adagio|allegr|andante|' +
    'largo|lento|presto|moderato|piano|flute|violin|viola|trumpet|guitar|cello|clarinet|organ|drum|bass|sax|' +
    'harp|string|horn|bell|quartet|trio|solo|march|minuet|\\bin [a-g]\\b|\\b[a-g](-| )?(flat|sharp|#|♭|♯|moll|dur)',
  'i',
);

function pick(random: () => number, items: readonly string[]): string {
  return items[Math.floor(random() * items.length)] ?? '';
}

function state(kind: Stated['kind'], words: string, text = words): Wording {
  return { text, stated: [{ kind, words }] };
}

function silent(text: string): Wording | undefined {
  return text.trim() === '' || TELLING.test(text) ? undefined : { text, stated: [] };
}

function tonicOf(piece: KnownPiece): string {
  return USUAL[piece.mode][piece.tonic] ?? piece.tonic;
}

function spellTonic(tonic: string, random: () => number): string {
  const letter = tonic.charAt(0);
  const spell = (forms: readonly string[]): string => letter + pick(random, forms);
  switch (tonic.slice(1)) {
    case '#':
      return spell(['#', '#', '-sharp', '-sharp', ' sharp', '♯']);
    case 'b':
      return spell(['b', 'b', '-flat', '-flat', ' flat', '♭']);
    default:
      return tonic;
  }
}

function paceOf(bpm: number): 'slow' | 'moderate' | 'fast' | undefined {
  if (bpm < 80) {
    return 'slow';
  }
  if (bpm <= 115) {
    return 'moderate';
  }
  return bpm > 120 ? 'fast' : undefined;
}

function paceSlot(words: Readonly<Record<'slow' | 'moderate' | 'fast', readonly string[]>>): Slot {
  return (piece, random) => {
    const pace = paceOf(piece.bpm);
    return pace === undefined ? undefined : state('tempo_word', pick(random, words[pace]));
  };
}

function minutesInWords(halves: number, random: () => number): string {
  const whole = Math.floor(halves / 2);
  const count = random() < 0.5 ? String(whole) : (COUNTS[whole] ?? String(whole));
  if (halves === 1) {
    return 'half a minute';
  }
  if (halves % 2 === 0) {
    return whole === 1 ? pick(random, ['a minute', 'one minute']) : `${count} minutes`;
  }
  if (whole === 1) {
    return pick(random, ['a minute and a half', 'one and a half minutes', '1.5 minutes']);
  }
  return pick(random, [`${count} and a half minutes`, `${count} and a half minutes`, `${String(whole)}.5 minutes`]);
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
}

function longForm(seconds: number, and: string): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const parts: string[] = [];
  if (minutes > 0) {
    parts.push(minutes === 1 ? '1 minute' : `${String(minutes)} minutes`);
  }
  if (rest > 0) {
    parts.push(rest === 1 ? '1 second' : `${String(rest)} seconds`);
  }
  return parts.join(and);
}

function lonely(piece: KnownPiece): string | undefined {
  return piece.instruments.length === 1 && !piece.hasDrums ? piece.instruments[0] : undefined;
}

const key: Slot = (piece, random) => state('key', `${spellTonic(tonicOf(piece), random)} ${piece.mode}`);

const keyShort: Slot = (piece, random) => {
  const tonic = tonicOf(piece);
  const forms = piece.mode === 'major' ? ['maj', ' maj', ' major'] : ['min', ' min', ' minor'];
  return state('key', tonic + pick(random, forms));
};

const bpm: Slot = (piece, random) => {
  const unit = pick(random, [' BPM', ' BPM', ' bpm', ' bpm', ' beats per minute', ' beats a minute']);
  return state('tempo', String(Math.round(piece.bpm)) + unit);
};

const bpmShort: Slot = (piece, random) =>
  state('tempo', String(Math.round(piece.bpm)) + pick(random, ['bpm', ' bpm', 'bpm', ' BPM']));

/** To the next five beats, for "around ...". */
const bpmRounded: Slot = (piece, random) =>
  state('tempo', String(Math.round(piece.bpm / 5) * 5) + pick(random, [' BPM', ' bpm', ' beats per minute']));

const italian: Slot = ({ bpm: beats }) => {
  if (beats < 50) {
    return state('tempo_word', 'largo');
  }
  if (beats < 60) {
    return state('tempo_word', 'lento');
  }
  if (beats < 78) {
    return state('tempo_word', 'adagio');
  }
  if (beats >= 82 && beats <= 100) {
    return state('tempo_word', 'andante');
  }
  if (beats > 104 && beats <= 115) {
    return state('tempo_word', 'moderato');
  }
  if (beats > 120 && beats < 165) {
    return state('tempo_word', 'allegro');
  }
  return beats > 175 && beats < 200 ? state('tempo_word', 'presto') : undefined;
};

/** To be followed by "time". */
const meter: Slot = (piece, random) => state('meter', pick(random, METER_WORDS[piece.meter] ?? [piece.meter]));

const band: Slot = (piece, random) => {
  const names = piece.hasDrums ? [...piece.instruments, 'drums'] : [...piece.instruments];
  const last = names.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const before = names.slice(0, -1).join(', ');
  const text = before === '' ? last : `${before}${random() < 0.5 && names.length > 2 ? ',' : ''} and ${last}`;
  return { text, stated: names.map((words) => ({ kind: 'instrument', words })) };
};

const about: Slot = (piece, random) => {
  const hedge = pick(random, ['about', 'around', 'roughly', 'approximately', 'more or less']);
  if (piece.seconds < 55) {
    const words = `${String(Math.max(5, Math.round(piece.seconds / 5) * 5))} seconds`;
    return state('duration', words, `${hedge} ${words}`);
  }
  const over = piece.seconds % 60;
  if (over >= 48 && over <= 57 && random() < 0.4) {
    const words = minutesInWords(Math.ceil(piece.seconds / 60) * 2, random);
    return state('duration', words, `${pick(random, ['just under', 'a little under', 'not quite'])} ${words}`);
  }
  if (over >= 3 && over <= 12 && random() < 0.4) {
    const words = minutesInWords(Math.floor(piece.seconds / 60) * 2, random);
    return state('duration', words, `${pick(random, ['just over', 'a little over'])} ${words}`);
  }
  const words = minutesInWords(Math.round(piece.seconds / 30), random);
  return state('duration', words, `${hedge} ${words}`);
};

const length: Slot = ({ seconds }, random) =>
  state('duration', pick(random, [clock(seconds), longForm(seconds, ' and '), longForm(seconds, ' ')]));

const lengthShort: Slot = ({ seconds }, random) => {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const split = minutes === 0 ? `${String(whole)}s` : `${String(minutes)}m${String(whole % 60).padStart(2, '0')}s`;
  const decimal = seconds < 60 ? `${String(whole)} sec` : `${(seconds / 60).toFixed(1)} min`;
  return state('duration', pick(random, [clock(seconds), split, decimal]));
};

/** "four-minute", before a noun. */
const lengthy: Slot = ({ seconds }, random) => {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1 || Math.abs(seconds - minutes * 60) > 12) {
    return undefined;
  }
  return state('duration', `${random() < 0.5 ? String(minutes) : (COUNTS[minutes] ?? String(minutes))}-minute`);
};

const only: Slot = (piece) => {
  const name = lonely(piece);
  return name === undefined ? undefined : state('instrument', name);
};

const solo: Slot = (piece) => {
  const name = lonely(piece);
  return name === undefined ? undefined : state('instrument', `solo ${name}`);
};

const lead: Slot = ({ instruments: [name] }) => (name === undefined ? undefined : state('instrument', name));

export const SLOTS: Readonly<Record<string, Slot>> = {
  key,
  keyShort,
  bpm,
  bpmShort,
  bpmRounded,
  italian,
  meter,
  band,
  about,
  length,
  lengthShort,
  lengthy,
  only,
  solo,
  lead,
  pace: paceSlot({ slow: ['slow'], moderate: ['moderate', 'medium', 'moderate'], fast: ['fast', 'quick', 'fast'] }),
  paced: paceSlot({ slow: ['slow'], moderate: ['mid-tempo', 'moderate'], fast: ['fast', 'up-tempo'] }),
  digits: (piece) => state('meter', piece.meter),
  waltz: (piece) => (piece.meter === '3/4' ? state('meter', 'waltz') : undefined),
  clock: (piece) => state('duration', clock(piece.seconds)),
  // After "no" and "without"; and where there are some.
  absent: (piece) => (piece.hasDrums ? undefined : state('instrument', 'drums')),
  drums: (piece) => (piece.hasDrums ? state('instrument', 'drums') : undefined),
  title: (piece) => silent(piece.title),
  artist: (piece) => silent(piece.artist),
};

import type { KnownPiece } from '../style.ts';
import { pick, type Random, type Vocabulary, type Words } from './markup.ts';

const ones = [
  '',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** A number under 300 in words. */
export function spelled(n: number): string {
  if (n >= 100) {
    const rest = n % 100;
    return `${n >= 200 ? 'two' : 'one'} hundred${rest ? ` and ${spelled(rest)}` : ''}`;
  }
  if (n < 20) return ones[n] ?? '';
  const unit = ones[n % 10] ?? '';
  return `${tens[Math.floor(n / 10)] ?? ''}${unit ? `-${unit}` : ''}`;
}

function bpm(make: (bpm: number, random: Random) => string | undefined): Words {
  return (piece, random) => (Number.isFinite(piece.bpm) && piece.bpm > 20 ? make(piece.bpm, random) : undefined);
}

function fives(value: number): string | undefined {
  const near = Math.round(value / 5) * 5;
  return Math.abs(near - value) <= 2 ? String(near) : undefined;
}

function spelledMeter(meter: string): string | undefined {
  const [beats = 0, unit = 0] = meter.split('/').map(Number);
  return beats > 0 && unit > 0 && beats < 20 && unit < 20 ? `${spelled(beats)}-${spelled(unit)}` : undefined;
}

function meterWords(meter: string, random: Random): string | undefined {
  const special: Readonly<Record<string, readonly string[]>> = {
    '4/4': ['common time', 'common time', 'four-four', 'four-four time'],
    '3/4': ['waltz time', 'three-four', 'three-four time', 'triple time'],
    '6/8': ['six-eight', 'six-eight time', 'compound duple time'],
    '2/4': ['two-four', 'two-four time'],
    '2/2': ['cut time', 'alla breve', 'two-two'],
  };
  const plain = spelledMeter(meter);
  return plain === undefined ? undefined : pick(random, special[meter] ?? [plain]);
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const tail = String(whole % 60).padStart(2, '0');
  if (whole < 3600) return `${String(Math.floor(whole / 60))}:${tail}`;
  return `${String(Math.floor(whole / 3600))}:${String(Math.floor(whole / 60) % 60).padStart(2, '0')}:${tail}`;
}

function minutes(count: number, random: Random): string {
  return `${random() < 0.5 ? String(count) : spelled(count)} minute${count === 1 ? '' : 's'}`;
}

function roughly(seconds: number, random: Random): string | undefined {
  const whole = Math.round(seconds / 60);
  const off = seconds - whole * 60;
  const found: string[] = [];
  const exactly = String(Math.round(seconds));
  if (seconds < 100) found.push(`${exactly} seconds`, `about ${exactly} seconds`);
  if (whole >= 2 && whole < 60) {
    if (Math.abs(off) <= 10) found.push(`about ${minutes(whole, random)}`, `around ${minutes(whole, random)}`);
    if (off < -2 && off >= -14) found.push(`just under ${minutes(whole, random)}`, `nearly ${minutes(whole, random)}`);
    if (off > 2 && off <= 14) found.push(`a bit over ${minutes(whole, random)}`, `just over ${minutes(whole, random)}`);
    const half = Math.floor(seconds / 60);
    if (half >= 1 && Math.abs(Math.abs(off) - 30) <= 8) found.push(`about ${spelled(half)} and a half minutes`);
  }
  return found.length > 0 ? pick(random, found) : undefined;
}

function long(make: (seconds: number, random: Random) => string | undefined): Words {
  return (piece, random) => {
    return Number.isFinite(piece.seconds) && piece.seconds >= 5 ? make(piece.seconds, random) : undefined;
  };
}

function parts(seconds: number): { minutes: string; seconds: string } | undefined {
  const whole = Math.round(seconds);
  if (whole < 60 || whole >= 3600) return undefined;
  return { minutes: String(Math.floor(whole / 60)), seconds: String(whole % 60) };
}

function split(join: (minutes: string, seconds: string) => string): Words {
  return long((seconds) => {
    const found = parts(seconds);
    return found && join(found.minutes, found.seconds);
  });
}

function adjective(seconds: number): string | undefined {
  const whole = Math.round(seconds / 60);
  if (seconds < 100) return `${String(Math.round(seconds))}-second`;
  return whole < 60 && Math.abs(seconds - whole * 60) <= 8 ? `${String(whole)}-minute` : undefined;
}

function moment(piece: KnownPiece, random: Random): string | undefined {
  return piece.seconds > 40 ? clock(5 + (piece.seconds - 20) * random()) : undefined;
}

function otherThan(list: readonly number[], own: number, random: Random): string {
  return String(
    pick(
      random,
      list.filter((value) => Math.abs(value - own) / own > 0.15),
    ),
  );
}

/** How tempo in numbers, meter and length are told. */
export const timeWords: Vocabulary = {
  n: bpm((value) => String(Math.round(value))),
  exact: bpm((value) => (Number.isInteger(value) ? String(value) : value.toFixed(2))),
  lo: bpm((value) => String(Math.round(value) - 2)),
  hi: bpm((value) => String(Math.round(value) + 2)),
  fives: bpm(fives),
  bpmwords: bpm((value) => (value < 299 ? spelled(Math.round(value)) : undefined)),
  second: bpm((value) => (Math.abs(value - 60) <= 3 ? 'a beat a second' : undefined)),
  exactmark: ['<t:{exact}>'],
  halfbpm: bpm((value) => String(Math.round(value / 2))),
  quarteronly: (piece) => (piece.meter.endsWith('/4') ? '' : undefined),
  quarter: (piece) => (piece.meter.endsWith('/4') ? 'quarter note' : undefined),
  TEMPO: ['<t:{n} BPM>', '<t:{n} BPM>', '<t:{n} BPM>', '<t:{n} bpm>', '<t:{n} bpm>', '<t:{n} beats per minute>'],
  ABOUT: [
    '<t:around {n} BPM>',
    '<t:about {n} bpm>',
    '<t:roughly {n} beats per minute>',
    '<t:about {fives} bpm>',
    '<t:around {fives} BPM>',
    '<t:{lo}-{hi} BPM>',
    '<t:approximately {n} BPM>',
    '<t:close to {n} beats a minute>',
  ],
  CASUALTEMPO: ['{TEMPO}', '{TEMPO}', '<t:{n}bpm>', '{ABOUT}', '{ABOUT}', '<t:{n} or so bpm>', '<t:{fives}ish bpm>'],
  meter: (piece) => (/^\d+\/\d+$/.test(piece.meter) ? piece.meter : undefined),
  meterwords: (piece, random) => meterWords(piece.meter, random),
  METER: ['<m:{meter}>', '<m:{meter}>', '<m:{meter}>', '<m:{meter} time>', '<m:{meter} time>', '<m:{meterwords}>'],
  METERADJ: ['<m:{meter}>', '<m:{meter}>', '<m:{meter}>', '<m:{meter}>', '<m:{meteradj}>'],
  meteradj: (piece) => spelledMeter(piece.meter),
  beats: (piece) => (/^[2345]\/4$/.test(piece.meter) ? spelled(Number(piece.meter.charAt(0))) : undefined),
  clock: long(clock),
  hms: long((seconds) => (seconds < 3599 ? `00:${clock(seconds).padStart(5, '0')}` : clock(seconds))),
  secs: long((seconds) => String(Math.round(seconds))),
  ms: long((seconds) => String(Math.round(seconds * 1000))),
  minsec: split((min, sec) => `${min} min ${sec} s`),
  minseclong: split((min, sec) => `${min} minute${min === '1' ? '' : 's'} and ${sec} second${sec === '1' ? '' : 's'}`),
  mshort: split((min, sec) => `${min}m${sec}s`),
  primes: split((min, sec) => `${min}'${sec.padStart(2, '0')}"`),
  roughly: long(roughly),
  lengthy: long(adjective),
  minsecmark: ['<d:{minseclong}>'],
  CLOCK: ['<d:{clock}>'],
  LENGTH: ['<d:{roughly}>', '<d:{roughly}>', '<d:{clock}>', '<d:{minseclong}>', '<d:{secs} seconds>'],
  moment,
  otherbpm: (piece, random) => otherThan([60, 72, 84, 90, 96, 110, 120, 128, 140, 160, 174], piece.bpm || 100, random),
  othermin: (piece, random) => otherThan([2, 3, 4, 5, 6, 8, 12], (piece.seconds || 120) / 60, random),
  othermeter: (piece, random) =>
    pick(
      random,
      ['3/4', '4/4', '6/8', '5/4', '7/8'].filter((one) => one !== piece.meter),
    ),
};

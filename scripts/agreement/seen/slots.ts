import type { KnownPiece } from '../style.ts';
import { fillFiller } from './filler.ts';
import { mark, markPicked, pick, type Random } from './marks.ts';
import { meterWords, paceWords, tempoWords } from './time.ts';

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const TO_SHARP: Readonly<Record<string, string>> = { Db: 'C#', Gb: 'F#', Ab: 'G#' };
const TO_FLAT: Readonly<Record<string, string>> = { 'C#': 'Db', 'D#': 'Eb', 'G#': 'Ab', 'A#': 'Bb' };
const TO_FLAT_MINOR: Readonly<Record<string, string>> = { 'D#': 'Eb', 'A#': 'Bb' };

function usualTonic({ tonic, mode }: KnownPiece): string {
  if (mode === 'major') return TO_FLAT[tonic] ?? tonic;
  return TO_SHARP[tonic] ?? TO_FLAT_MINOR[tonic] ?? tonic;
}

function keyWords(slot: string, piece: KnownPiece, random: Random): string | undefined {
  const tonic = usualTonic(piece);
  const letter = tonic.charAt(0);
  const isPlain = tonic.length === 1;
  const isSharp = tonic.endsWith('#');
  const name = isSharp ? 'sharp' : 'flat';
  const { mode } = piece;
  switch (slot) {
    case 'key': {
      const sign = isSharp ? '♯' : '♭';
      const spelled = isPlain ? [tonic] : [`${letter}-${name}`, tonic, `${letter} ${name}`, `${letter}${sign}`];
      const words = spelled.map((one) => `${one} ${mode}`);
      return markPicked('key', words, random);
    }
    case 'keySign':
      return mark('key', `${tonic} ${mode}`);
    case 'keyShort': {
      const minor = [`${tonic}m`, `${tonic}min`, `${tonic} min`];
      const major = [`${tonic}maj`, `${tonic} maj`, `${tonic} major`];
      return markPicked('key', mode === 'minor' ? minor : major, random);
    }
    case 'keyLower': {
      const lower = letter.toLowerCase();
      const spelled = isPlain ? [lower] : [tonic.toLowerCase(), `${lower} ${name}`, `${lower}-${name}`];
      const words = spelled.map((one) => `${one} ${mode}`);
      return markPicked('key', words, random);
    }
    default:
      return undefined;
  }
}

function instrumentWords(slot: string, { instruments, hasDrums }: KnownPiece, random: Random): string | undefined {
  const shown = instruments.slice(0, 3).map((one) => mark('instrument', one));
  const last = shown.at(-1);
  if (last === undefined) return undefined;
  const isAlone = instruments.length === 1 && !hasDrums;
  const all = shown.length === 1 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
  switch (slot) {
    case 'instr':
      return all;
    case 'instrComma':
      return shown.join(', ');
    case 'lead':
      return shown[0];
    case 'solo':
      return isAlone ? mark('instrument', `solo ${instruments[0] ?? ''}`) : undefined;
    case 'only':
      if (!isAlone) return undefined;
      return pick([`${all} and nothing else`, `only ${all}`, `just ${all}`, `${all} alone`], random);
    case 'noDrums':
      return hasDrums ? undefined : `no ${mark('instrument', 'drums')}`;
    default:
      return undefined;
  }
}

function roughMinutes(slot: string, seconds: number, random: Random): string | undefined {
  const halves = Math.round(seconds / 30) / 2;
  const off = Math.abs(halves * 60 - seconds);
  const whole = Math.floor(halves);
  if (whole === 0 || off > 10 || off > seconds * 0.08) return undefined;
  const isHalf = halves !== whole;
  const name = NUMBERS[whole] ?? String(whole);
  const unit = whole === 1 ? 'minute' : 'minutes';
  if (slot === 'minuteAdj') {
    return markPicked('duration', isHalf ? [`${halves}-minute`] : [`${whole}-minute`, `${name}-minute`], random);
  }
  const half = [`${halves} minutes`, `${whole} and a half minutes`, `${name} and a half minutes`];
  return markPicked('duration', isHalf ? half : [`${whole} ${unit}`, `${name} ${unit}`], random);
}

function durationWords(slot: string, piece: KnownPiece, random: Random): string | undefined {
  const seconds = Math.round(piece.seconds);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const clock = `${minutes}:${String(rest).padStart(2, '0')}`;
  switch (slot) {
    case 'clock':
      return mark('duration', clock);
    case 'duration': {
      const words = `${minutes} minute${minutes === 1 ? '' : 's'}`;
      const restWords = `${rest} second${rest === 1 ? '' : 's'}`;
      if (minutes === 0) return mark('duration', restWords);
      if (rest === 0) return mark('duration', words);
      return markPicked('duration', [`${words} ${restWords}`, `${words} and ${restWords}`], random);
    }
    case 'seconds':
      return markPicked('duration', [`${seconds} seconds`, `${seconds}s`], random);
    case 'durationShort':
      return markPicked('duration', minutes === 0 ? [`${seconds}s`] : [clock, `${minutes}m${rest}s`], random);
    case 'minutes':
    case 'minuteAdj':
      return roughMinutes(slot, seconds, random);
    case 'justMinutes': {
      const near = Math.round(seconds / 60);
      const off = seconds - near * 60;
      if (near < 2 || off === 0 || Math.abs(off) > 12) return undefined;
      const about = pick(off < 0 ? ['just under', 'nearly', 'almost'] : ['just over', 'a little over'], random) ?? '';
      const words = markPicked('duration', [`${near} minutes`, `${NUMBERS[near] ?? near} minutes`], random);
      return words === undefined ? undefined : `${about} ${words}`;
    }
    case 'stamp': {
      const at = Math.round(seconds * (0.3 + random() * 0.4));
      return `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`;
    }
    default:
      return undefined;
  }
}

export function fillSlot(slot: string, piece: KnownPiece, random: Random): string | undefined {
  return (
    keyWords(slot, piece, random) ??
    tempoWords(slot, piece, random) ??
    paceWords(slot, piece, random) ??
    meterWords(slot, piece, random) ??
    instrumentWords(slot, piece, random) ??
    durationWords(slot, piece, random) ??
    fillFiller(slot, piece, random)
  );
}

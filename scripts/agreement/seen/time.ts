import type { KnownPiece } from '../style.ts';
import { mark, markPicked, pick, type Random } from './marks.ts';

const METER_NUMBERS: Readonly<Record<string, string>> = {
  '2/4': 'two-four',
  '3/4': 'three-four',
  '4/4': 'four-four',
  '6/8': 'six-eight',
};

export function tempoWords(slot: string, { bpm }: KnownPiece, random: Random): string | undefined {
  const whole = Math.round(bpm);
  const five = Math.round(bpm / 5) * 5;
  switch (slot) {
    case 'tempo':
      return markPicked('tempo', [`${whole} BPM`, `${whole} bpm`, `${whole} beats per minute`], random);
    case 'bpm':
      return markPicked('tempo', [`${whole} bpm`, `${whole}bpm`, `${whole} BPM`], random);
    case 'bpmUpper':
      return mark('tempo', `${whole} BPM`);
    case 'bpmExact':
      return mark('tempo', `${Math.round(bpm * 10) / 10} BPM`);
    case 'tempoAbout': {
      const items = [`${five} bpm`, `${five} BPM`, `${five} beats per minute`, `${whole} BPM`];
      const about = pick(['around', 'about', 'roughly'], random) ?? 'about';
      const words = markPicked('tempo', items, random);
      return words === undefined ? undefined : `${about} ${words}`;
    }
    case 'beats':
      return markPicked('tempo', [`${whole} beats per minute`, `${whole} beats a minute`], random);
    case 'quarter':
      return markPicked('tempo', [`♩ = ${whole}`, `♩=${whole}`, `quarter note = ${whole}`], random);
    default:
      return undefined;
  }
}

export function paceWords(slot: string, { bpm }: KnownPiece, random: Random): string | undefined {
  if (bpm > 115 && bpm <= 120) return undefined;
  const choose = (slow: readonly string[], middle: readonly string[], fast: readonly string[]): string | undefined =>
    markPicked('tempo_word', bpm < 80 ? slow : bpm <= 115 ? middle : fast, random);
  switch (slot) {
    case 'pace':
      return choose(
        ['slow', 'slow', 'leisurely'],
        ['moderate', 'moderate', 'medium'],
        ['fast', 'fast', 'quick', 'brisk'],
      );
    case 'pacePlain':
      return choose(['slow'], ['moderate'], ['fast']);
    case 'paced':
      return choose(
        ['slow', 'slow-paced', 'unhurried'],
        ['mid-tempo', 'moderately paced'],
        ['fast', 'up-tempo', 'brisk'],
      );
    case 'paceTag':
      return choose(['slow', 'slow tempo'], ['mid-tempo', 'midtempo', 'moderate'], ['fast', 'uptempo', 'fast tempo']);
    case 'paceAdverb':
      return choose(['slowly'], ['at a moderate pace', 'at a moderate tempo'], ['fast', 'quickly', 'briskly']);
    case 'italian': {
      const slow = bpm < 60 ? ['largo', 'lento'] : bpm < 76 ? ['adagio'] : ['andante'];
      const fast = bpm < 160 ? 'allegro' : bpm < 176 ? 'vivace' : 'presto';
      return choose(slow, [bpm < 96 ? 'andante' : 'moderato'], [fast]);
    }
    default:
      return undefined;
  }
}

export function meterWords(slot: string, { meter }: KnownPiece, random: Random): string | undefined {
  const spoken = METER_NUMBERS[meter];
  switch (slot) {
    case 'meter':
      return mark('meter', meter);
    case 'meterTime': {
      const named = meter === '4/4' ? ['common time'] : meter === '3/4' ? ['waltz time'] : [];
      const words = spoken === undefined ? [] : [`${spoken} time`, ...named];
      return random() < 0.5 ? `${mark('meter', meter)} time` : markPicked('meter', [`${meter} time`, ...words], random);
    }
    case 'meterSpoken':
      return spoken === undefined ? undefined : mark('meter', `${spoken} time`);
    case 'waltz':
      return meter === '3/4' ? mark('meter', 'waltz') : undefined;
    default:
      return undefined;
  }
}

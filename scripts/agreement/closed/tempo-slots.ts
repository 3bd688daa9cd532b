import type { KnownPiece } from '../style.ts';
import { statement } from './statement.ts';

/** Numbers of a tempo, and the words that fit it under any reading. */
export function tempoSlots({ bpm, meter }: KnownPiece, one: (words: readonly string[]) => string) {
  const whole = Math.round(bpm);
  const low = 5 * Math.floor((whole - 2) / 5);
  const dash = one(['-', '–']);
  const round = 5 * Math.round(whole / 5);
  const word = words(bpm, meter.endsWith('/8'));
  const tempoWord = (choices: readonly string[] | undefined) => choices && statement('tempo_word', one(choices));
  return {
    bpm: statement('tempo', `${whole} ${one(['BPM', 'BPM', 'bpm', 'beats per minute'])}`),
    bpmshort: statement('tempo', `${whole}${one(['bpm', ' bpm', ' BPM', 'BPM'])}`),
    bpmnumber: statement('tempo', String(whole)),
    bpmexact: statement('tempo', Number.isInteger(bpm) ? one([`${bpm}`, `${bpm}.0`]) : bpm.toFixed(2)),
    bpmrange: statement('tempo', `${low}${dash}${low + 10} ${one(['BPM', 'bpm'])}`),
    bpmbetween: statement('tempo', `${low} and ${low + 10} ${one(['BPM', 'bpm', 'beats per minute'])}`),
    bpmround: Math.abs(round - bpm) <= bpm / 50 ? statement('tempo', `${round} ${one(['BPM', 'bpm'])}`) : undefined,
    quarter: meter.endsWith('/4') ? statement('tempo', `${one(['♩', 'quarter', 'q'])} = ${whole}`) : undefined,
    pace: tempoWord(word.paces),
    speed: tempoWord(word.speeds),
    how: tempoWord(word.adverbs),
    mark: tempoWord(word.marks),
  };
}

interface TempoWords {
  /** Before "piece". */
  readonly paces?: readonly string[];
  /** Before "tempo". */
  readonly speeds?: readonly string[];
  /** After "played". */
  readonly adverbs?: readonly string[];
  /** Italian. */
  readonly marks?: readonly string[];
}

/** A compound meter's beat can be counted in two ways, so only what is slow or fast in both is called so. */
function words(bpm: number, isCompound: boolean): TempoWords {
  const slow = {
    paces: ['slow', 'slow', 'slow-moving', 'slow-paced'],
    speeds: ['slow', 'slow', 'very slow'].slice(0, bpm < 55 ? 3 : 2),
    adverbs: ['slowly'],
  };
  const fast = {
    paces: ['fast', 'fast', 'fast-paced', 'up-tempo', 'uptempo', 'quick'],
    speeds: ['fast', 'fast', 'quick'],
    adverbs: ['fast', 'quickly'],
  };
  if (isCompound) return bpm <= 60 ? slow : bpm >= 180 ? fast : {};
  if (bpm <= 56) return { ...slow, marks: ['Largo', 'Lento'] };
  if (bpm <= 66) return { ...slow, marks: ['Adagio'] };
  if (bpm >= 80 && bpm <= 92) return { marks: ['Andante'] };
  if (bpm >= 102 && bpm <= 115) {
    const paces = ['mid-tempo', 'mid-tempo', 'medium-tempo', 'moderately paced'];
    const marks = bpm >= 108 ? { marks: ['Moderato'] } : {};
    return { paces, speeds: ['moderate', 'moderate', 'medium'], adverbs: ['at a moderate tempo'], ...marks };
  }
  if (bpm >= 130 && bpm < 150) return { paces: ['brisk'], speeds: ['brisk'], adverbs: ['briskly'], marks: ['Allegro'] };
  if (bpm >= 176) return { ...fast, marks: ['Presto'] };
  if (bpm >= 160) return { ...fast, marks: ['Vivace'] };
  return bpm >= 150 ? fast : {};
}

import { pitchName } from './pitch-words.ts';
import type { Reading } from './reading.ts';
import { WORD_KIND } from './word-kind.ts';

const CHORD_WORDS = new Set([
  'chord',
  'chords',
  'progression',
  'progressions',
  'harmony',
  'harmonies',
  'harmonic',
  'changes',
  'triads',
  'vamp',
  'circles',
  'cycles',
  'loop',
  'alternates',
  'alternating',
]);
const SEPARATORS = new Set([',', '-', '–', '—', '→', '>', 'and', '|', '/', 'to', '&', 'then']);

interface GluedChord {
  readonly pitch: number;
  readonly suffix: string;
}

/** "Cmaj7", "Fsus", "Bdim", "Eb6": the letters of one word, all that there are; figures are words of their own. */
const GLUED = gluedChords();

function gluedChords(): ReadonlyMap<string, GluedChord> {
  const chords = new Map<string, GluedChord>();
  for (const [letter, pitch] of Object.entries({ C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }))
    for (const sign of ['', 'b', '♭'])
      for (const suffix of ['', 'maj', 'min', 'm', 'dim', 'aug', 'sus', 'add', 'M'])
        chords.set(`${letter}${sign}${suffix}`, { pitch: sign === '' ? pitch : (pitch + 11) % 12, suffix });
  return chords;
}

export function beginsChord(raw: string): boolean {
  return GLUED.has(raw);
}

/** Reads chords: "Chords move around F#, E, Abm, B", "the progression C–G–Am–F". Two at least, of which the caption says that they are chords. */
export function readChords(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    if (!reading.is(at, WORD_KIND.chord) || reading.isTaken(at)) continue;
    const list = listAt(reading, at);
    if (list === undefined) continue;
    if (isCalledChords(reading, at, list.end)) {
      reading.add({ kind: 'chords', triads: [...new Set(list.triads)], root: 'C' }, at, list.end, { hedged: false });
    }
    at = list.end - 1;
  }
}

function listAt(
  reading: Reading,
  start: number,
): { readonly triads: readonly number[]; readonly end: number } | undefined {
  const triads: number[] = [];
  let end = start;
  for (let at = start; ; ) {
    const chord = chordAt(reading, at);
    if (chord === undefined) break;
    triads.push(chord.triad);
    end = chord.end;
    at = chord.end;
    let skipped = 0;
    while (SEPARATORS.has(reading.at(at)) && skipped < 2) {
      at++;
      skipped++;
    }
    if (skipped === 0) break;
  }
  return triads.length >= 2 ? { triads, end } : undefined;
}

function chordAt(reading: Reading, at: number): { readonly triad: number; readonly end: number } | undefined {
  if (!reading.is(at, WORD_KIND.chord) || reading.isTaken(at)) return undefined;
  const glued = GLUED.get(reading.raw(at));
  if (glued === undefined) return undefined;
  const name = pitchName(reading, at);
  const pitch = name?.pitch ?? glued.pitch;
  let { suffix } = glued;
  let end = at + 1;
  if (name !== undefined && name.next > at + 1) {
    end = name.next;
    suffix = name.suffix;
    const tail = /^(dim|aug|sus|add|maj|min|m)$/.exec(reading.raw(end));
    if (tail !== null && reading.touchesNext(end - 1)) {
      suffix = tail[1] ?? '';
      end++;
    }
  }
  if (['major', 'minor'].includes(reading.at(end))) {
    suffix = reading.at(end) === 'minor' ? 'm' : '';
    end++;
  }
  while (/^\d{1,2}$/.test(reading.at(end)) && reading.touchesNext(end - 1)) end++;
  const isMinor = suffix === 'm' || suffix === 'min' || suffix === 'dim';
  return { triad: pitch + (isMinor ? 12 : 0), end };
}

function isCalledChords(reading: Reading, start: number, end: number): boolean {
  for (let index = start - 1; index >= Math.max(0, start - 8); index--) {
    if (CHORD_WORDS.has(reading.at(index))) return true;
    if (reading.at(index) === '.' || reading.at(index) === ';') break;
  }
  for (let index = end; index < Math.min(reading.words.length, end + 3); index++) {
    if (CHORD_WORDS.has(reading.at(index))) return true;
  }
  return false;
}

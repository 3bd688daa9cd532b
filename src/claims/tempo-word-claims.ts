import type { Reading } from './reading.ts';
import { wordAt } from './tempo-word-at.ts';
import { isOfTempo } from './tempo-word-standing.ts';
import { WORD_KIND } from './word-kind.ts';

/** Reads words for the tempo: "a slow waltz", "fast-paced", "Allegro", "at a moderate tempo". */
export function readTempoWords(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    if (!reading.is(at, WORD_KIND.tempoWord) || reading.isTaken(at)) continue;
    const found = wordAt(reading, at);
    if (found === undefined || !isOfTempo(reading, found)) continue;
    // What is denied on both sides is not denied.
    const known = found.from < at && found.word === 'moderate' ? { negated: false } : {};
    reading.add({ kind: 'tempo_word', word: found.word }, found.from, found.to, known);
    at = found.to - 1;
  }
}

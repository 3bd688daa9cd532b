import type { Reading } from './reading.ts';
import { WORD_KIND } from './word-kind.ts';

const DYNAMICS: ReadonlyMap<string, 'soft' | 'loud'> = new Map([
  ['pianissimo', 'soft'],
  ['fortissimo', 'loud'],
]);
const DYNAMIC_NOUNS = new Set(['dynamics', 'dynamic', 'volume', 'velocity', 'velocities']);
const LEVELS: ReadonlyMap<string, 'soft' | 'loud'> = new Map([
  ['soft', 'soft'],
  ['quiet', 'soft'],
  ['low', 'soft'],
  ['loud', 'loud'],
  ['strong', 'loud'],
  ['high', 'loud'],
]);
const DENSITIES: ReadonlyMap<string, 'sparse' | 'dense'> = new Map([
  ['sparse', 'sparse'],
  ['dense', 'dense'],
  ['busy', 'dense'],
]);
const TEXTURES = new Set(['texture', 'textures', 'arrangement', 'notes', 'piece', 'composition', 'music']);

export function beginsCharacter(text: string): boolean {
  return DYNAMICS.has(text) || LEVELS.has(text) || DENSITIES.has(text);
}

/** Reads loudness and density where a figure stands behind the word: "pianissimo", "soft dynamics", "a sparse texture". */
export function readCharacter(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    if (!reading.is(at, WORD_KIND.character) || reading.isTaken(at)) continue;
    const text = reading.at(at);
    const dynamic = DYNAMICS.get(text);
    const level = LEVELS.get(text);
    const density = DENSITIES.get(text);
    if (dynamic !== undefined) reading.add({ kind: 'loudness', level: dynamic }, at, at + 1);
    else if (level !== undefined && DYNAMIC_NOUNS.has(reading.at(at + 1)))
      reading.add({ kind: 'loudness', level }, at, at + 2);
    else if (density !== undefined && TEXTURES.has(reading.at(at + 1)))
      reading.add({ kind: 'density', level: density }, at, at + 2);
  }
}

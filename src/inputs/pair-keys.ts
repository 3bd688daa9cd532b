import { hash } from 'node:crypto';
import { KEY_BYTES } from '../checkpoint/segment-header.ts';
import type { Pair } from '../manifest/pair.ts';
import { type InputReading, MIDI_INPUT, type StageInput, TEXT_INPUT } from './stage-input.ts';

const HALF = KEY_BYTES / 2;

/**
 * What pairs are known by, `KEY_BYTES` a pair: the first half is the row's, the same in both stages; the second is of what the
 * stage takes of the pair. They are 64 bits of a SHA-256: of a million pairs two are alike by chance once in 30 million manifests.
 */
export function pairKeys(pairs: readonly Pair[], input: StageInput, reading: InputReading): Uint8Array {
  const keys = Buffer.alloc(pairs.length * KEY_BYTES);
  for (const [at, pair] of pairs.entries()) {
    keys.set(rowKey(pair, reading), at * KEY_BYTES);
    keys.set(inputKey(pair, input, reading), at * KEY_BYTES + HALF);
  }
  return keys;
}

/** By its id, where the manifest gives it one; else by its MIDI file and its text. Its last bit says which. */
export function rowKey(pair: Pair, reading: InputReading): Uint8Array {
  const { id, hasOwnId = false, captionIndex = '' } = pair;
  if (hasOwnId) return marked(hashed(`id ${captionIndex} ${id}`), 1);
  const [midi, text] = [MIDI_INPUT.inputOf(pair, reading), TEXT_INPUT.inputOf(pair, reading)];
  return marked(hashed(`row ${midi.length} ${midi} ${text}`), 0);
}

export function inputKey(pair: Pair, input: StageInput, reading: InputReading): Uint8Array {
  return hashed(input.inputOf(pair, reading));
}

/** Whether a row is known by its id. */
export function isKeyOfId(key: bigint): boolean {
  return (key & 1n) === 1n;
}

function marked(key: Uint8Array, bit: 0 | 1): Uint8Array {
  key[HALF - 1] = ((key[HALF - 1] ?? 0) & 0xfe) | bit;
  return key;
}

function hashed(text: string): Uint8Array {
  return hash('sha256', text, 'buffer').subarray(0, HALF);
}

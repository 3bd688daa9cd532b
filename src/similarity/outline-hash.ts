import { DRUMS, type MergedNotes } from '../features/merged-notes.ts';
import { mixWords } from './mix-words.ts';

/** Parts that a piece is cut into, of about equally many notes. */
const PARTS = 8;
/** Pitches of notes, then of drums. */
const VALUES = 256;
/** A cut lies where no note has begun for this share of a quarter; rounding to another resolution leaves such gaps. */
const CUTS_PER_QUARTER = 10;
/** Pieces of fewer notes or pitches are alike by chance. */
const MIN_NOTES = 16;
const MIN_PITCHES = 3;

const counts = new Uint32Array(PARTS * VALUES);

/**
 * A hash of 64 bits of how often each pitch is played in each eighth of a piece, counted from the lowest pitch: the same
 * for copies in another key, tempo or resolution (within rounding), with other velocities, note lengths, instruments or
 * distribution over tracks. Drums count by their number. `0n` for what is too small to tell. Someone could forge a file
 * of the same hash; it would count as a copy, no more.
 */
export function outlineHash(notes: MergedNotes, ticksPerQuarter: number): bigint {
  if (notes.count < MIN_NOTES) return 0n;
  counts.fill(0);
  countPitches(notes, lowestPitch(notes), ticksPerQuarter);
  if (distinctPitches() < MIN_PITCHES) return 0n;
  let low = notes.count;
  let high = ~notes.count;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (count === 0) continue;
    low = mixWords(low, i, count);
    high = mixWords(high, count, i);
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

function lowestPitch({ count, pitch, program }: MergedNotes): number {
  let lowest = 127;
  for (let i = 0; i < count; i++) {
    if (program[i] !== DRUMS && (pitch[i] as number) < lowest) lowest = pitch[i] as number;
  }
  return lowest;
}

function countPitches({ count, onset, pitch, program }: MergedNotes, lowest: number, ticksPerQuarter: number): void {
  let part = 0;
  let cut = Math.ceil(count / PARTS);
  for (let i = 0; i < count; i++) {
    if (i >= cut && ((onset[i] as number) - (onset[i - 1] as number)) * CUTS_PER_QUARTER >= ticksPerQuarter) {
      part = Math.floor((i * PARTS) / count);
      cut = Math.ceil(((part + 1) * count) / PARTS);
    }
    const value = program[i] === DRUMS ? 128 + (pitch[i] as number) : (pitch[i] as number) - lowest;
    const slot = part * VALUES + value;
    counts[slot] = (counts[slot] as number) + 1;
  }
}

function distinctPitches(): number {
  let distinct = 0;
  for (let value = 0; value < VALUES; value++) {
    for (let part = 0; part < PARTS; part++) {
      if (counts[part * VALUES + value] === 0) continue;
      distinct += 1;
      break;
    }
  }
  return distinct;
}

import type { FileMessages, KeySignatures, Notes, Score, Tempos } from '../midi/score.ts';
import { DEFAULT_MICROSECONDS_PER_QUARTER } from '../midi/tempo-map.ts';
import type { MusicChange } from './music-change.ts';

const [NOTE_OFF, NOTE_ON] = [0x80, 0x90] as const;
const DRUM_CHANNEL = 9;
const [SOFTEST, LOUDEST] = [1, 127] as const;
/** A tempo has 24 bits in a file. */
export const SLOWEST_MICROSECONDS = 0xffffff;
/** Sharps that a semitone up adds, but for twelve. */
const SHARPS_PER_SEMITONE = 7;

/**
 * The score of a changed piece: notes but drums go up, key signatures with them; tempos are multiplied, in whole microseconds as files
 * have them, and the tempo that holds before the first one is stated; velocities are added to.
 *
 * @param change - of which the piece's pitches allow (`fittingGrid`).
 */
export function changeScore(score: Score, change: MusicChange): Score {
  const { messages } = score;
  return {
    ...score,
    tracks: score.tracks.map((track) => ({ ...track, notes: changedNotes(track.notes, change, track.isDrum) })),
    tempos: changedTempos(score.tempos, change.tempo),
    keySignatures: transposedKeys(score.keySignatures, change.transpose),
    ...(messages === undefined ? {} : { messages: changedMessages(messages, change) }),
  };
}

function changedNotes(notes: Notes, { transpose, velocity }: MusicChange, isDrum: boolean): Notes {
  const up = isDrum ? 0 : transpose;
  return {
    ...notes,
    pitch: up === 0 ? notes.pitch : notes.pitch.map((pitch) => pitch + up),
    velocity: velocity === 0 ? notes.velocity : notes.velocity.map((each) => audible(each + velocity)),
  };
}

function audible(velocity: number): number {
  return Math.max(SOFTEST, Math.min(LOUDEST, velocity));
}

function changedTempos({ tick, microsecondsPerQuarter }: Tempos, factor: number): Tempos {
  if (factor === 1) return { tick, microsecondsPerQuarter };
  const isStated = tick[0] === 0;
  const ticks = isStated ? [...tick] : [0, ...tick];
  const tempos = isStated ? [...microsecondsPerQuarter] : [DEFAULT_MICROSECONDS_PER_QUARTER, ...microsecondsPerQuarter];
  return {
    tick: Float64Array.from(ticks),
    microsecondsPerQuarter: Float64Array.from(tempos, (tempo) => changedTempo(tempo, factor)),
  };
}

/** Microseconds a quarter at another tempo. */
export function changedTempo(microseconds: number, factor: number): number {
  return Math.max(1, Math.min(SLOWEST_MICROSECONDS, Math.round(microseconds / factor)));
}

/** Each in the spelling with the fewest signs; of two such the one with sharps in major, with flats in minor. */
function transposedKeys(keys: KeySignatures, semitones: number): KeySignatures {
  if (semitones % 12 === 0) return keys;
  const sharps = keys.sharps.map((each, at) => {
    const turned = ((((each + SHARPS_PER_SEMITONE * semitones) % 12) + 12) % 12) as number;
    const hasFlats = turned > 6 || (turned === 6 && keys.minor[at] === 1);
    return hasFlats ? turned - 12 : turned;
  });
  return { ...keys, sharps };
}

function changedMessages(messages: FileMessages, { transpose, velocity }: MusicChange): FileMessages {
  const first = Uint8Array.from(messages.first);
  const second = Uint8Array.from(messages.second);
  for (let at = 0; at < first.length; at++) {
    const status = messages.status[at] ?? 0;
    const kind = status & 0xf0;
    if (kind !== NOTE_ON && kind !== NOTE_OFF) continue;
    if ((status & 0x0f) !== DRUM_CHANNEL) first[at] = (first[at] ?? 0) + transpose;
    // A note of velocity 0 is the end of one.
    if (kind === NOTE_ON && (second[at] ?? 0) > 0) second[at] = audible((second[at] ?? 0) + velocity);
  }
  return { ...messages, first, second };
}

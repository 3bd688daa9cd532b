import { NoteMemory } from './note-memory.ts';
import { type NoteReader, type NoteRules, USUAL_VELOCITY } from './note-reader.ts';
import type { StreamClock } from './stream-clock.ts';
import type { StreamTracks } from './stream-tracks.ts';
import { spanOf, type TokenMeaning } from './token-meanings.ts';

const BEGINNINGS = new Set(['NoteOn', 'DrumOn', 'PitchIntervalTime', 'PitchIntervalChord']);
const ENDS = new Set(['NoteOff', 'DrumOff']);

/** A note that has begun. */
interface Sounding {
  readonly tick: number;
  readonly velocity: number;
}

/** Notes that sound, by program and pitch, the first come first. */
export type SoundingNotes = Map<number, Map<number, Sounding[]>>;

/**
 * Notes that begin and end (MIDI-Like). What still sounds when MidiTok's `max_duration` is set ends after it, and is left
 * out otherwise.
 *
 * @param programs - In the order in which MidiTok ends them.
 * @param sounding - Outlives the stream: MidiTok forgets only what sounds of the program that a track has at its end.
 * @param longest - The longest duration in beats, positions and positions a beat, where there is one.
 */
export function switchedNotes(
  rules: NoteRules,
  tracks: StreamTracks,
  clock: StreamClock,
  programs: readonly number[],
  sounding: SoundingNotes,
  longest: TokenMeaning | undefined,
): NoteReader {
  const memory = new NoteMemory(rules.pitchRange);
  const longestTicks = (): number =>
    longest === undefined ? Number.POSITIVE_INFINITY : spanOf(longest, clock.beatTicks);

  function begin(token: TokenMeaning, pitch: number, next: TokenMeaning | undefined): 'end' | undefined {
    if (rules.withVelocities && next === undefined) return 'end';
    const velocity = rules.withVelocities ? integerOf(next) : USUAL_VELOCITY;
    if (velocity === undefined) return undefined;
    if (tracks.hasDurations) soundingOf(sounding, tracks.program, pitch).push({ tick: clock.tick, velocity });
    else tracks.of().addNote(clock.tick, Math.trunc(rules.defaultDuration * clock.beatTicks), pitch, velocity);
    memory.remember(token, tracks.program, pitch);
    return undefined;
  }

  return {
    read(tokens, at) {
      const token = tokens[at];
      if (token === undefined) return undefined;
      const begins = BEGINNINGS.has(token.type);
      if (!begins && !ENDS.has(token.type)) return undefined;
      const pitch = memory.pitchOf(token, tracks.program);
      if (pitch === undefined) return undefined;
      if (begins) return begin(token, pitch, tokens[at + 1]);
      const first = soundingOf(sounding, tracks.program, pitch).shift();
      if (first === undefined) return undefined;
      const duration = Math.min(clock.tick - first.tick, longestTicks());
      tracks.of().addNote(first.tick, duration, pitch, first.velocity);
      return undefined;
    },
    finish() {
      const own = tracks.onlyProgram;
      if (own !== undefined && tracks.build().length === 0) return;
      for (const program of own === undefined ? programs : [own]) {
        const byPitch = longest === undefined ? [] : [...(sounding.get(program) ?? [])].sort(([a], [b]) => a - b);
        for (const [pitch, notes] of byPitch) {
          for (const { tick, velocity } of notes) tracks.of(program).addNote(tick, longestTicks(), pitch, velocity);
        }
        sounding.delete(program);
      }
    },
  };
}

/** MidiTok takes any whole number for a velocity, whatever the token is about. */
function integerOf(token: TokenMeaning | undefined): number | undefined {
  return token !== undefined && /^-?\d+$/.test(token.value) ? Number(token.value) : undefined;
}

function soundingOf(sounding: SoundingNotes, program: number, pitch: number): Sounding[] {
  const byPitch = sounding.get(program) ?? new Map<number, Sounding[]>();
  sounding.set(program, byPitch);
  const notes = byPitch.get(pitch) ?? [];
  byPitch.set(pitch, notes);
  return notes;
}

import { messagesOf } from './file-messages.ts';
import type { Score } from './score.ts';

const NOTE_ON = 0x90;
const CONTROL = 0xb0;
const PROGRAM_CHANGE = 0xc0;
const SUSTAIN = 64;

/** Aria's form of a file (`MidiDict` of aria-utils), with exactly its keys; ticks are the file's own. */
export interface MidiDict {
  readonly meta_msgs: readonly { readonly type: 'text' | 'copyright'; readonly data: string }[];
  readonly tempo_msgs: readonly { readonly type: 'tempo'; readonly data: number; readonly tick: number }[];
  readonly pedal_msgs: readonly PedalMessage[];
  readonly instrument_msgs: readonly InstrumentMessage[];
  readonly note_msgs: readonly NoteMessage[];
  readonly ticks_per_beat: number;
  readonly metadata: Readonly<Record<string, string>>;
}

interface PedalMessage {
  readonly type: 'pedal';
  readonly data: 0 | 1;
  readonly value: number;
  readonly tick: number;
  readonly channel: number;
}

interface InstrumentMessage {
  readonly type: 'instrument';
  readonly data: number;
  readonly tick: number;
  readonly channel: number;
}

interface NoteMessage {
  readonly type: 'note';
  readonly data: { readonly pitch: number; readonly start: number; readonly end: number; readonly velocity: number };
  readonly tick: number;
  readonly channel: number;
}

/**
 * The messages of a score as aria-utils reads them, track by track: the end of a note ends all notes of its key that did not begin at that very tick,
 * and a note that nothing ends is none. Its defaults stand where a file has no tempo or no program. Texts are in no list: Aria
 * takes what it makes of them from `metadata`.
 */
export function midiDict(score: Score, metadata: MidiDict['metadata'] = {}): MidiDict {
  const messages = messagesOf(score);
  const pedals: PedalMessage[] = [];
  const instruments: InstrumentMessage[] = [];
  const notes: NoteMessage[] = [];
  const order = Array.from(messages.track.keys()).sort((a, b) => (messages.track[a] ?? 0) - (messages.track[b] ?? 0));
  let open = new Map<number, { readonly start: number; readonly velocity: number }[]>();
  let track = -1;
  for (const at of order) {
    const [status = 0, first = 0, second = 0] = [messages.status[at], messages.first[at], messages.second[at]];
    const tick = messages.tick[at] ?? 0;
    const [kind, channel] = [status & 0xf0, status & 0x0f];
    if (messages.track[at] !== track) {
      track = messages.track[at] ?? 0;
      open = new Map();
    }
    if (kind === PROGRAM_CHANGE) instruments.push({ type: 'instrument', data: first, tick, channel });
    else if (kind === CONTROL) {
      if (first === SUSTAIN) pedals.push({ type: 'pedal', data: second >= 64 ? 1 : 0, value: second, tick, channel });
    } else if (kind !== 0) {
      const key = channel * 128 + first;
      const begun = open.get(key) ?? [];
      if (kind === NOTE_ON && second > 0) {
        open.set(key, [...begun, { start: tick, velocity: second }]);
        continue;
      }
      for (const { start, velocity } of begun) {
        if (start !== tick)
          notes.push({ type: 'note', data: { pitch: first, start, end: tick, velocity }, tick: start, channel });
      }
      open.set(
        key,
        begun.filter(({ start }) => start === tick),
      );
    }
  }
  const tempos = Array.from(score.tempos.tick, (tick, at) => ({
    type: 'tempo' as const,
    data: score.tempos.microsecondsPerQuarter[at] ?? 500_000,
    tick,
  }));
  return {
    meta_msgs: [],
    tempo_msgs: tempos.length > 0 ? byTick(tempos) : [{ type: 'tempo', data: 500_000, tick: 0 }],
    pedal_msgs: byTick(pedals),
    instrument_msgs:
      instruments.length > 0 ? byTick(instruments) : [{ type: 'instrument', data: 0, tick: 0, channel: 0 }],
    note_msgs: byTick(notes),
    ticks_per_beat: score.ticksPerQuarter,
    metadata,
  };
}

function byTick<Message extends { readonly tick: number }>(messages: readonly Message[]): readonly Message[] {
  return [...messages].sort((a, b) => a.tick - b.tick);
}

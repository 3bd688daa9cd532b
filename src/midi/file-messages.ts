import { attemptFile, type FilePlan, type FileSettings, type FileTrace } from './attempt-file.ts';
import { ABOVE_MESSAGE, MessageList } from './message-list.ts';
import type { FileReading } from './read-file.ts';
import type { RepairKey } from './repairs.ts';
import { scanMessages } from './scan-messages.ts';
import type { FileMessages, Score, Track } from './score.ts';
import type { TracedEvent, TrackTrace } from './track-trace.ts';
import { WorkSpace } from './work-space.ts';

const NOTE_OFF = 0x80;
const NOTE_ON = 0x90;
const PROGRAM_CHANGE = 0xc0;
const SYSEX = 0xf0;
const META = 0xff;
const END_OF_TRACK = 0x2f;
const OTHER = 0;
const CONTROL = 0xb0;
const KEPT: ReadonlySet<number> = new Set([NOTE_OFF, NOTE_ON, PROGRAM_CHANGE, CONTROL]);

/** The messages of a file, in full, as its plan reads them. @param score - what was read so. */
export function readMessages(
  bytes: Uint8Array,
  { score, plan }: FileReading,
  settings: Omit<FileSettings, 'memory'>,
): FileMessages {
  return scannedMessages(score, bytes, plan) ?? tracedMessages(bytes, plan, settings);
}

/** The messages of the file of a score, where they were read with it; else those that would say its notes. */
export function messagesOf(score: Score): FileMessages {
  return score.messages ?? impliedMessages(score);
}

/** Repairs that are about other things than where messages stand and what they say. */
const HARMLESS: ReadonlySet<string> = new Set<RepairKey>([
  'unmatched_note_on',
  'note_ended_by_control',
  'text_encoding',
]);

/** The messages of a file without faults, in one pass; `undefined` for any other. */
function scannedMessages({ repairs }: Score, bytes: Uint8Array, { chunks }: FilePlan): FileMessages | undefined {
  if (!Object.keys(repairs).every((repair) => HARMLESS.has(repair))) return undefined;
  const lists = chunks.tracks.map((_, track) => new MessageList(track));
  const areRead = chunks.tracks.every(({ start, end, pattern }, track) => {
    const list = lists[track];
    return pattern === 0 && list !== undefined && scanMessages(bytes, start, end, 0, list);
  });
  return areRead ? merged(lists) : undefined;
}

function tracedMessages(bytes: Uint8Array, plan: FilePlan, settings: Omit<FileSettings, 'memory'>): FileMessages {
  const tracks: MessageList[] = [];
  const trace: FileTrace = {
    places: [],
    beginTrack() {
      const list = new MessageList(tracks.length);
      tracks.push(list);
      return new MessageTrace(bytes, list);
    },
    endTrack() {},
  };
  attemptFile(bytes, plan, { ...settings, memory: new WorkSpace() }, trace);
  return merged(tracks);
}

/** What another track says to one, and what ends notes that nothing ends, is no message of the file. */
class MessageTrace implements TrackTrace {
  readonly #file: Uint8Array;
  readonly #list: MessageList;

  constructor(file: Uint8Array, list: MessageList) {
    this.#file = file;
    this.#list = list;
  }

  event({ start, tick, status, instead }: TracedEvent): void {
    if (instead?.length === 0) return;
    const byte = this.#file[start] ?? 0;
    if (byte === META && this.#file[start + 1] === END_OF_TRACK) return;
    const kind = status & 0xf0;
    if (byte >= SYSEX || !KEPT.has(kind)) {
      this.#list.add(tick, OTHER, 0, 0);
      return;
    }
    const data = byte >= NOTE_OFF ? start + 1 : start;
    const [first, second] = [this.#file[data] ?? 0, kind === PROGRAM_CHANGE ? 0 : (this.#file[data + 1] ?? 0)];
    this.#list.add(tick, status, Math.min(first, 127), Math.min(second, 127));
  }

  insert(): void {}
}

/** Lists whose ticks ascend as one, two by two. */
function merged(lists: readonly MessageList[]): FileMessages {
  let left = lists;
  while (left.length > 1) {
    const pairs: MessageList[] = [];
    for (let at = 0; at < left.length; at += 2) {
      const [one, other] = [left[at], left[at + 1]];
      if (one !== undefined) pairs.push(other === undefined ? one : mergedPair(one, other));
    }
    left = pairs;
  }
  const { tick, message, length } = left[0] ?? new MessageList(0);
  const status = new Uint8Array(length);
  const first = new Uint8Array(length);
  const second = new Uint8Array(length);
  const track = new Uint16Array(length);
  for (let at = 0; at < length; at += 1) {
    const each = message[at] as number;
    status[at] = each & 0xff;
    first[at] = (each >> 8) & 0xff;
    second[at] = (each >> 16) & 0xff;
    track[at] = Math.floor(each / ABOVE_MESSAGE);
  }
  return { tick: tick.subarray(0, length), status, first, second, track };
}

function mergedPair(one: MessageList, other: MessageList): MessageList {
  const both = new MessageList(0);
  both.tick = new Float64Array(one.length + other.length);
  both.message = new Float64Array(one.length + other.length);
  let [a, b] = [0, 0];
  for (let at = 0; at < both.tick.length; at += 1) {
    const isFirst = b >= other.length || (a < one.length && (one.tick[a] as number) <= (other.tick[b] as number));
    both.tick[at] = (isFirst ? one.tick[a] : other.tick[b]) as number;
    both.message[at] = (isFirst ? one.message[a++] : other.message[b++]) as number;
  }
  both.length = both.tick.length;
  return both;
}

/** What the notes of a score come from: ends before beginnings, but for a note without length; the program before each. */
function impliedMessages({ tracks, tempos }: Score): FileMessages {
  const events = tracks.flatMap((track) => noteEvents(track));
  for (const tick of tempos.tick) events.push({ tick, rank: 0, status: OTHER, program: 0, pitch: 0, velocity: 0 });
  events.sort((a, b) => a.tick - b.tick || a.rank - b.rank);
  const list = new MessageList(0);
  const programs = new Int16Array(16).fill(-1);
  for (const { tick, status, program, pitch, velocity } of events) {
    const channel = status & 0x0f;
    if (status !== OTHER && programs[channel] !== program) {
      programs[channel] = program;
      list.add(tick, PROGRAM_CHANGE | channel, program, 0);
    }
    list.add(tick, status, pitch, velocity);
  }
  return merged([list]);
}

interface NoteEvent {
  readonly tick: number;
  readonly rank: number;
  readonly status: number;
  readonly program: number;
  readonly pitch: number;
  readonly velocity: number;
}

function noteEvents({ notes, channel, program }: Track): NoteEvent[] {
  return Array.from(notes.onset).flatMap((onset, note): NoteEvent[] => {
    const duration = notes.duration[note] ?? 0;
    const pitch = notes.pitch[note] ?? 0;
    const begin = {
      tick: onset,
      rank: 2,
      status: NOTE_ON | channel,
      program,
      pitch,
      velocity: notes.velocity[note] ?? 0,
    };
    const rank = duration === 0 ? 3 : 1;
    return [begin, { tick: onset + duration, rank, status: NOTE_OFF | channel, program, pitch, velocity: 0 }];
  });
}

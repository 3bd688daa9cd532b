import type { ChannelUse } from './channel-use.ts';
import { MidiRefusal } from './refusal.ts';
import type { Arrival } from './track-plan.ts';

const CONTROL = 0xb0;
const PROGRAM_CHANGE = 0xc0;
const ALL_SOUND_OFF = 120;
const ALL_NOTES_OFF = 123;

/** A program change, control or pitch bend of a track. */
export interface ChannelMessage {
  readonly tick: number;
  readonly message: readonly number[];
  readonly byte: number;
  /** Whether it acts on notes or lyrics of its own track, if it is a control or a pitch bend. */
  readonly isOwn: boolean;
}

/** The tracks with notes on one channel of one port, in the order of the file. */
interface Players {
  readonly all: number[];
  /** Those of them that have no program change. */
  readonly unstated: number[];
}

/**
 * What the tracks of a file have to be told of each other, because a channel is one instrument whatever track plays it; a
 * list for each track, or `undefined` where there is nothing to tell. symusic reads each track for itself.
 *
 * Program changes of a track without notes on the channel (a conductor track that sets all instruments) hold for all that
 * play it. Those of a track that plays it itself hold for tracks that say nothing of their own: files whose tracks
 * share a channel by mistake keep their programs. Controls and pitch bends of a track without notes on the channel go to the
 * first that plays it; what ends notes goes to all.
 *
 * @param read - All program changes, controls and pitch bends of a track.
 * @param limit - Messages that may be told in all.
 */
export function mergeChannels(
  uses: readonly ChannelUse[],
  read: (track: number) => readonly ChannelMessage[],
  limit: number,
): readonly (readonly Arrival[])[] | undefined {
  const players = playersOf(uses);
  const arrivals = new Map<number, Arrival[]>();
  let told = 0;
  for (const [source, use] of uses.entries()) {
    const heard = (channel: number) => players[(use.port << 4) | channel];
    if (!channelsOf(use.stated | use.stray).some((channel) => isHeard(use, channel, heard(channel)))) continue;
    for (const said of read(source)) {
      const { tick, message, byte } = said;
      for (const [target, arrival] of targetsOf(said, use, heard)) {
        if (target === source) continue;
        told += 1;
        if (told > limit) throw new MidiRefusal('midi_limit_events', `over ${limit} messages of tracks to each other`);
        const list = arrivals.get(target);
        if (list === undefined) arrivals.set(target, [{ tick, message, byte, ...arrival }]);
        else list.push({ tick, message, byte, ...arrival });
      }
    }
  }
  if (told === 0) return undefined;
  return uses.map((_, track) => arrivals.get(track)?.sort((a, b) => a.tick - b.tick) ?? []);
}

/** Whether tracks may have something to tell each other: have channels in common that more than one says something about. */
export function mayNeedMerging(uses: readonly ChannelUse[]): boolean {
  let played = 0;
  let playedByTwo = 0;
  let unstated = 0;
  let foreign = 0;
  for (let track = 0; track < uses.length; track++) {
    const use = uses[track] as ChannelUse;
    playedByTwo |= played & use.played;
    played |= use.played;
    unstated |= use.unstated;
    foreign |= (use.stated | use.stray) & ~use.played;
  }
  return (foreign & played) !== 0 || (unstated & playedByTwo) !== 0;
}

function playersOf(uses: readonly ChannelUse[]): readonly (Players | undefined)[] {
  const players: (Players | undefined)[] = [];
  for (const [track, { port, played, unstated }] of uses.entries()) {
    for (const channel of channelsOf(played)) {
      const entry = players[(port << 4) | channel] ?? { all: [], unstated: [] };
      players[(port << 4) | channel] = entry;
      entry.all.push(track);
      if (unstated & (1 << channel)) entry.unstated.push(track);
    }
  }
  return players;
}

/** Whether what a track says of a channel may matter to another. */
function isHeard({ played, stray }: ChannelUse, channel: number, players: Players | undefined): boolean {
  if (players === undefined) return false;
  const bit = 1 << channel;
  if ((played & bit) === 0) return true;
  return players.unstated.length > 0 && players.all.length > 1 && (stray & bit) === 0;
}

function targetsOf(
  { message: [status = 0, number = 0], isOwn }: ChannelMessage,
  { played, stray, kept }: ChannelUse,
  heard: (channel: number) => Players | undefined,
): readonly (readonly [number, Partial<Arrival>])[] {
  const channel = status & 0x0f;
  const players = heard(channel);
  const bit = 1 << channel;
  if (players === undefined) return [];
  if ((status & 0xf0) === PROGRAM_CHANGE) {
    if ((played & bit) === 0) return players.all.map((target) => [target, { isMoved: (kept & bit) === 0 }]);
    return players.unstated.map((target) => [target, {}]);
  }
  if ((stray & bit) === 0) return [];
  const [first = -1, ...others] = players.all;
  const isEnd = (status & 0xf0) === CONTROL && (number === ALL_SOUND_OFF || number >= ALL_NOTES_OFF);
  return [
    [first, { isMoved: !isOwn }],
    ...(isEnd ? others.map((target) => [target, { isOnlyAnEnd: true }] as const) : []),
  ];
}

function channelsOf(bits: number): readonly number[] {
  if (bits === 0) return [];
  return Array.from({ length: 16 }, (_, channel) => channel).filter((channel) => bits & (1 << channel));
}

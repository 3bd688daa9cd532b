import type { TrackEvents } from './track-events.ts';

/** What a MIDI track says about the channels of its port, as bits. */
export interface ChannelUse {
  readonly port: number;
  /** Channels with notes. */
  readonly played: number;
  /** Channels with program changes. */
  readonly stated: number;
  /** Channels with notes and without any program change. */
  readonly unstated: number;
  /** Channels without notes that have controls or pitch bends. */
  readonly stray: number;
  /** Channels without notes whose program counts in the track itself: the one that lyrics are on. */
  readonly kept: number;
}

const LYRIC_CHANNEL = 15;

export function channelUseOf(events: TrackEvents, port: number): ChannelUse {
  const { groups } = events;
  const played = playedChannels(events);
  const kept = groups.hasLyricGroup ? 1 << LYRIC_CHANNEL : 0;
  let stray = 0;
  for (let group = 0; group < groups.count; group++) {
    if (!groups.isClaimed(group)) stray |= 1 << (groups.channel[group] as number);
  }
  return { port, played, stated: groups.stated, unstated: played & ~groups.stated, stray: stray & ~played, kept };
}

/** Channels with notes: those of claimed groups, unless a lyric has claimed one. */
function playedChannels({ groups, notes }: TrackEvents): number {
  let played = 0;
  if (groups.hasLyricGroup) {
    for (let note = 1; note <= notes.count; note++) {
      played |= 1 << (groups.channel[notes.group[note] as number] as number);
    }
  } else {
    for (let group = 0; group < groups.count; group++) {
      if (groups.isClaimed(group)) played |= 1 << (groups.channel[group] as number);
    }
  }
  return played;
}

import type { TextEvent } from './score.ts';

/** Program of a group that no note-on or lyric has claimed yet. */
const UNCLAIMED = -1;
/** 16 channels of 128 programs, and one unclaimed group per channel. */
const MAX_GROUPS = 16 * 128 + 16;

/**
 * The (channel, program) groups of one MIDI track, each of which becomes a score track (../shared/MIDITOK.md 1.4).
 * Programs start at 0 in every MIDI track. A note-on or a lyric creates the group of its channel's current program.
 * Controls and bends that come before go to an unclaimed group, which becomes the next group created on that channel.
 */
export class TrackGroups {
  count = 0;
  /** Those of them that a note-on or lyric has created. */
  claimed = 0;
  /** Channels, as bits, with a program change. */
  stated = 0;
  readonly channel = new Uint8Array(MAX_GROUPS);
  readonly program = new Int16Array(MAX_GROUPS);
  /** Group of the current program per channel, -1 while it does not exist. */
  readonly current = new Int16Array(16).fill(-1);
  lyrics = new Map<number, TextEvent[]>();
  /** Whether a lyric, be it empty, has created a group. */
  hasLyricGroup = false;

  private readonly currentProgram = new Uint8Array(16);
  private readonly unclaimed = new Int16Array(16).fill(-1);
  private readonly ofProgram = new Int16Array(16 * 128).fill(-1);

  /** Forgets everything, for the next MIDI track; costs only what the last one used. */
  reset(): void {
    for (let group = 0; group < this.count; group++) {
      const program = this.program[group] ?? UNCLAIMED;
      if (program !== UNCLAIMED) this.ofProgram[((this.channel[group] ?? 0) << 7) | program] = -1;
    }
    this.count = 0;
    this.claimed = 0;
    this.stated = 0;
    for (let channel = 0; channel < 16; channel++) {
      this.current[channel] = -1;
      this.currentProgram[channel] = 0;
      this.unclaimed[channel] = -1;
    }
    if (this.lyrics.size > 0) this.lyrics = new Map();
    this.hasLyricGroup = false;
  }

  isClaimed(group: number): boolean {
    return this.program[group] !== UNCLAIMED;
  }

  programOf(channel: number): number {
    return this.currentProgram[channel] ?? 0;
  }

  changeProgram(channel: number, program: number): void {
    this.stated |= 1 << channel;
    this.currentProgram[channel] = program;
    this.current[channel] = this.ofProgram[(channel << 7) | program] ?? -1;
  }

  /** Creates the group of the channel's current program, out of the unclaimed group where there is one. */
  create(channel: number): number {
    const waiting = this.unclaimed[channel] ?? -1;
    const group = waiting >= 0 ? waiting : this.append(channel);
    const program = this.currentProgram[channel] ?? 0;
    this.program[group] = program;
    this.claimed += 1;
    this.unclaimed[channel] = -1;
    this.ofProgram[(channel << 7) | program] = group;
    this.current[channel] = group;
    return group;
  }

  /** The group that takes a control or bend of a channel whose current program has no group yet. */
  createUnclaimed(channel: number): number {
    const waiting = this.unclaimed[channel] ?? -1;
    if (waiting >= 0) return waiting;
    const group = this.append(channel);
    this.unclaimed[channel] = group;
    return group;
  }

  /** The group that a control or bend of the channel goes to now, -1 where there is none yet. */
  taking(channel: number): number {
    const current = this.current[channel] ?? -1;
    return current >= 0 ? current : (this.unclaimed[channel] ?? -1);
  }

  /** Claimed groups by channel, then program. */
  sorted(): number[] {
    const groups: number[] = [];
    for (let group = 0; group < this.count; group++) if (this.isClaimed(group)) groups.push(group);
    return groups.length < 2 ? groups : groups.sort((a, b) => this.rank(a) - this.rank(b));
  }

  private rank(group: number): number {
    return ((this.channel[group] ?? 0) << 7) | (this.program[group] ?? 0);
  }

  private append(channel: number): number {
    const group = this.count++;
    this.channel[group] = channel;
    this.program[group] = UNCLAIMED;
    return group;
  }
}

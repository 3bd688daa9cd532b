/** Values of controller 64 from here up press the sustain pedal. */
const PRESSED = 64;

/** The sustain pedals of the 16 channels of one MIDI track. */
export class PedalState {
  /** Tick since which the pedal of a channel is down, -1 while it is up. */
  readonly downSince = new Float64Array(16);
  /** Group of the control that pressed it. */
  readonly group = new Uint16Array(16);
  /** Channels, as bits, whose pedal has gone up. */
  private released = 0;

  /** Back to how a MIDI track begins. */
  reset(): void {
    this.downSince.fill(-1);
    this.released = 0;
  }

  /** Takes a value of controller 64 of a group. Returns the tick since which the pedal was down if it goes up now, else -1. */
  apply(channel: number, value: number, tick: number, group: number): number {
    const since = this.downSince[channel] as number;
    if (value < PRESSED) {
      this.downSince[channel] = -1;
      return since;
    }
    if (since < 0) {
      this.downSince[channel] = tick;
      this.group[channel] = group;
    }
    return -1;
  }

  /** Whether symusic takes this pedal-off for the end of a pedal that went down at tick 0 (../shared/MIDITOK.md 1.6). */
  isTakenFromZero(channel: number, value: number): boolean {
    if (channel === 0 || value >= PRESSED || this.released & (1 << channel)) return false;
    this.released |= 1 << channel;
    return true;
  }
}

/** Values of controller 64 from here up press the sustain pedal. */
const PRESSED = 64;

/**
 * The sustain pedals of the 16 channels of one MIDI track. As in symusic, channels 1 to 15 start with the pedal down since
 * tick 0 (../shared/MIDITOK.md 1.6).
 */
export class PedalState {
  /** Tick since which the pedal of a channel is down, -1 while it is up. */
  private readonly downSince = new Float64Array(16);

  /** Back to how a MIDI track begins. */
  reset(): void {
    this.downSince.fill(0);
    this.downSince[0] = -1;
  }

  /** Takes a value of controller 64. Returns the tick since which the pedal was down if it goes up now, else -1. */
  apply(channel: number, value: number, tick: number): number {
    const since = this.downSince[channel] as number;
    if (value < PRESSED) {
      this.downSince[channel] = -1;
      return since;
    }
    if (since < 0) this.downSince[channel] = tick;
    return -1;
  }
}

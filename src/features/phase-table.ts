import { metricLevel } from './metric-level.ts';

const UNKNOWN_LEVEL = 255;
/** Two quarters of the finest resolution that a file can have. */
const MOST_PHASES = 2 ** 16;

/** Ticks of two quarters, after which every metric level repeats. See `NoteTable` for why it is a constant. */
class PhaseTable {
  /** Notes that begin at each phase. */
  counts = new Uint32Array(MOST_PHASES);
  /** `metricLevel` of each phase of one resolution, found once: the files of a collection have few resolutions. */
  private levels = new Uint8Array(MOST_PHASES);
  private ticksPerQuarter = 0;

  clear(ticksPerQuarter: number): void {
    const period = 2 * ticksPerQuarter;
    if (period > this.counts.length) {
      this.counts = new Uint32Array(period);
      this.levels = new Uint8Array(period);
    }
    this.counts.fill(0, 0, period);
    if (ticksPerQuarter === this.ticksPerQuarter) return;
    this.ticksPerQuarter = ticksPerQuarter;
    this.levels.fill(UNKNOWN_LEVEL, 0, period);
  }

  levelOf(phase: number): number {
    const { levels } = this;
    const known = levels[phase] as number;
    if (known !== UNKNOWN_LEVEL) return known;
    const level = metricLevel(phase, this.ticksPerQuarter);
    levels[phase] = level;
    return level;
  }
}

export const phaseTable = new PhaseTable();

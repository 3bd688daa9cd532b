const NONE: number[] = [];

/** Growing (tick, value) pairs of all tracks: tempos, time signatures (packed), key signatures (packed). */
export class TickColumn {
  private ticks = NONE;
  private values = NONE;

  get length(): number {
    return this.ticks.length;
  }

  push(tick: number, value: number): void {
    if (this.ticks === NONE) {
      this.ticks = [tick];
      this.values = [value];
    } else {
      this.ticks.push(tick);
      this.values.push(value);
    }
  }

  /**
   * Sorts by tick and, where entries of one tick differ, leaves the last of that tick only. Returns how many went.
   */
  keepLastOfEachTick(): number {
    const sorted = this.sorted();
    const { ticks, values } = sorted;
    const differ = (index: number) => ticks[index] === ticks[index + 1] && values[index] !== values[index + 1];
    if (!values.some((_, index) => differ(index))) return 0;
    const kept = Array.from(values.keys()).filter((index) => ticks[index] !== ticks[index + 1]);
    this.ticks = kept.map((index) => ticks[index] ?? 0);
    this.values = kept.map((index) => values[index] ?? 0);
    return values.length - kept.length;
  }

  /** By tick; equal ticks stay in the order in which they were pushed. */
  sorted(): { readonly ticks: Float64Array; readonly values: readonly number[] } {
    const { ticks, values } = this;
    if (isAscending(ticks)) return { ticks: new Float64Array(ticks), values };
    const order = ticks.map((_, index) => index).sort((a, b) => (ticks[a] ?? 0) - (ticks[b] ?? 0));
    return {
      ticks: new Float64Array(order.map((index) => ticks[index] ?? 0)),
      values: order.map((index) => values[index] ?? 0),
    };
  }
}

function isAscending(values: readonly number[]): boolean {
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) < (values[i - 1] ?? 0)) return false;
  return true;
}

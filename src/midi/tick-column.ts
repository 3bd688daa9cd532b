/** Growing (tick, value) pairs of all tracks: tempos, time signatures (packed), key signatures (packed). */
export class TickColumn {
  private readonly ticks: number[] = [];
  private readonly values: number[] = [];

  get length(): number {
    return this.ticks.length;
  }

  push(tick: number, value: number): void {
    this.ticks.push(tick);
    this.values.push(value);
  }

  /** By tick; equal ticks stay in the order in which they were pushed. */
  sorted(): { readonly ticks: Float64Array; readonly values: Float64Array } {
    const { ticks, values } = this;
    if (isAscending(ticks)) return { ticks: Float64Array.from(ticks), values: Float64Array.from(values) };
    const order = ticks.map((_, index) => index).sort((a, b) => (ticks[a] ?? 0) - (ticks[b] ?? 0));
    return {
      ticks: Float64Array.from(order, (index) => ticks[index] ?? 0),
      values: Float64Array.from(order, (index) => values[index] ?? 0),
    };
  }
}

function isAscending(values: readonly number[]): boolean {
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) < (values[i - 1] ?? 0)) return false;
  return true;
}

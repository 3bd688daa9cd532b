/** Counts of values between edges, for a chart. */
export interface Binned {
  readonly scale: 'linear' | 'log';
  /** Ascending; a bin holds its lower edge, the last one its upper edge too. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  /** Values outside of the range drawn. */
  readonly below: number;
  readonly above: number;
}

export interface BinOptions {
  /** Whole numbers: no bin is narrower than 1. */
  readonly integer: boolean;
  /** `auto`: logarithmic where positive values span more than `LOG_SPAN`. */
  readonly scale: 'linear' | 'auto';
}

type Counts = readonly (readonly [value: number, count: number])[];

const BINS = 32;
/** 5th to 95th percentile, from where most bars of a linear chart would be slivers. */
const LOG_SPAN = 25;

/** Bins with round edges over the bulk of the values: far outliers would leave a single bar, so that they are counted apart. */
export function binNumbers(counts: Counts, { integer, scale }: BinOptions): Binned {
  const [lowest] = counts.at(0) ?? [0];
  const [highest] = counts.at(-1) ?? [0];
  const isLog = scale === 'auto' && lowest > 0 && valueAt(counts, 0.95) / valueAt(counts, 0.05) > LOG_SPAN;
  const [low, high] = bulkOf(counts, lowest, highest, isLog);
  const edges = isLog ? logEdges(low, high, integer) : linearEdges(low, high, integer);
  return { scale: isLog ? 'log' : 'linear', ...countBetween(counts, edges) };
}

function bulkOf(counts: Counts, lowest: number, highest: number, isLog: boolean): [number, number] {
  if (isLog) return [lowest, highest];
  const [p1, p99] = [valueAt(counts, 0.01), valueAt(counts, 0.99)];
  const reach = Math.max((p99 - p1) / 2, Math.abs(p99) * 0.05);
  return [Math.max(lowest, p1 - reach), Math.min(highest, p99 + reach)];
}

/** Nearest rank. */
function valueAt(counts: Counts, share: number): number {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [value, count] of counts) {
    seen += count;
    if (seen >= share * total) return value;
  }
  return counts.at(-1)?.[0] ?? 0;
}

function linearEdges(low: number, high: number, integer: boolean): number[] {
  const width = Math.max(roundWidth((high - low) / BINS), integer ? 1 : Number.MIN_VALUE);
  if (high - low < width) return [Math.floor(low / width) * width, Math.floor(low / width) * width + width];
  const first = Math.floor(low / width);
  const last = Math.floor(high / width) + 1;
  return Array.from({ length: last - first + 1 }, (_, at) => tidy((first + at) * width));
}

function logEdges(low: number, high: number, integer: boolean): number[] {
  const step = Math.max((Math.log10(high) - Math.log10(low)) / BINS, 0.01);
  const edges = Array.from({ length: BINS + 1 }, (_, at) => 10 ** (Math.log10(low) + at * step));
  const settled = integer ? [...new Set(edges.map(Math.round))] : edges;
  settled[settled.length - 1] = Math.max(settled.at(-1) ?? 0, high);
  return settled;
}

/** The next of 1, 2, 5 times a power of ten. */
function roundWidth(width: number): number {
  if (!(width > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= width * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

function countBetween(counts: Counts, edges: readonly number[]): Omit<Binned, 'scale'> {
  const bins = edges.slice(0, -1).map((from, at) => ({ from, to: edges[at + 1] ?? from, count: 0 }));
  let [below, above, at] = [0, 0, 0];
  const first = bins[0]?.from ?? 0;
  const last = bins.at(-1)?.to ?? 0;
  for (const [value, count] of counts) {
    if (value < first) below += count;
    else if (value > last) above += count;
    else {
      while (at < bins.length - 1 && value >= (bins[at]?.to ?? 0)) at++;
      const bin = bins[at];
      if (bin !== undefined) bin.count += count;
    }
  }
  return { bins, below, above };
}

import type { ReadRow } from './rows/row-source.ts';

/** The rows of a pair where each is a window: one after the other, none missing. */
export class WindowOrder {
  readonly #of: number;
  #next: number;

  /** @param first - The first row of a pair; without it there is none. */
  constructor(first?: ReadRow) {
    const window = windowOf(first);
    this.#of = window?.of ?? 0;
    this.#next = window?.number === 0 ? 1 : 0;
  }

  /** Whether windows of the pair are missing. */
  get isOpen(): boolean {
    return this.#next < this.#of;
  }

  /** Takes a further row of the pair; `undefined` where it is no window, else whether it is the next one. */
  takes(row: ReadRow): boolean | undefined {
    const window = windowOf(row);
    if (window === undefined || this.#of === 0) return undefined;
    const isNext = window.number === this.#next && window.of === this.#of;
    this.#next = window.number + 1;
    return isNext;
  }
}

function windowOf(row: ReadRow | undefined): { readonly number: number; readonly of: number } | undefined {
  const window = row?.window;
  if (typeof window !== 'object' || window === null || !('number' in window) || !('of' in window)) return undefined;
  return { number: Number(window.number), of: Number(window.of) };
}

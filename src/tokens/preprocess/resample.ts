/**
 * The largest number below a half. Added before rounding down it rounds every product below 2^31 as C's `round` does (half
 * away from zero; ticks are not negative), where 0.5 would not; `Math.round` takes a branch that the processor cannot foresee.
 */
export const ALMOST_HALF = 0.49999999999999994;

/** A tick on the tokenizer's grid: rounded, a half up. `scale` 1 changes nothing. */
export function resampleTick(tick: number, scale: number): number {
  return Math.floor(tick * scale + ALMOST_HALF);
}

/** A duration on the tokenizer's grid: rounded by itself and at least one tick, but unchanged where the grids are equal. */
export function resampleDuration(duration: number, scale: number): number {
  return scale === 1 ? duration : Math.max(1, resampleTick(duration, scale));
}

/*
 * Choices without a branch, for places where music makes a coin toss of it, of whole numbers that differ by less than 2^31.
 * Constants instead of function declarations, so that V8 need not ask at each call whether they still are what they were.
 */

/** 1 or 0. */
export const isPositive = (value: number): number => -value >>> 31;

export const smaller = (a: number, b: number): number => (b + ((a - b) & ((a - b) >> 31))) | 0;

export const larger = (a: number, b: number): number => (a - ((a - b) & ((a - b) >> 31))) | 0;

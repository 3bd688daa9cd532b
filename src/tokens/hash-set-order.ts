/**
 * The order in which a Python set of small integers is iterated: MidiTok keeps programs in one and numbers its Program
 * tokens in that order (0, 1, …, 127, -1 for all of them). The table of CPython 3.7 and later: open addressing, nine
 * linear probes, then a jump that mixes in the hash; it grows fourfold when three fifths full.
 */
export function hashSetOrder(values: readonly number[]): readonly number[] {
  let table = new Array<number | undefined>(8).fill(undefined);
  let used = 0;
  for (const value of values) {
    if (!insert(table, value)) continue;
    used += 1;
    if (used * 5 < (table.length - 1) * 3) continue;
    let size = 8;
    while (size <= used * 4) size *= 2;
    const grown = new Array<number | undefined>(size).fill(undefined);
    for (const kept of table) if (kept !== undefined) insert(grown, kept);
    table = grown;
  }
  return table.filter((value) => value !== undefined);
}

/** Puts `value` into the first free slot of its probe sequence; false where it is there already. */
function insert(table: (number | undefined)[], value: number): boolean {
  const mask = table.length - 1;
  // Python's hash of an integer is the integer, but for -1, whose hash is -2. The hash is unsigned when it is shifted.
  const hash = BigInt.asUintN(64, BigInt(value === -1 ? -2 : value));
  let perturb = hash;
  let start = Number(hash & BigInt(mask));
  for (;;) {
    const last = start + LINEAR_PROBES <= mask ? start + LINEAR_PROBES : start;
    for (let slot = start; slot <= last; slot += 1) {
      if (table[slot] === value) return false;
      if (table[slot] === undefined) {
        table[slot] = value;
        return true;
      }
    }
    perturb >>= 5n;
    start = Number((BigInt(start) * 5n + 1n + perturb) & BigInt(mask));
  }
}

const LINEAR_PROBES = 9;

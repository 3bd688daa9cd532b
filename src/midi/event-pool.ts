/** What an entry of the pool is; the upper bits of its `tag`, the lower ones are its group. */
export const NOTE = 0;
export const CONTROL = 1;
export const BEND = 2;
export const KIND_SHIFT = 12;
export const GROUP_MASK = (1 << KIND_SHIFT) - 1;

/** Above this many entries the storage is let go after use, so that one large file does not stay in memory. */
const KEPT_CAPACITY = 1 << 17;

/**
 * The channel events of one MIDI track in file order, as columns that are used again for the next track and file:
 * 20 bytes an entry. An entry takes at least three bytes of the file, so the columns never exceed seven times its size.
 * Entries count from 1; 0 means none.
 *
 * | kind | first | second | extra |
 * |---|---|---|---|
 * | note | pitch | velocity | duration; while the note is open `-1 - i`, i being the next open note of its pitch or 0 |
 * | control | number | value | tick since which the pedal was down, on the event that lifts it; else -1 |
 * | bend | low 7 bits | high 7 bits | not used |
 */
export class EventPool {
  tick = new Float64Array(0);
  extra = new Float64Array(0);
  first = new Uint8Array(0);
  second = new Uint8Array(0);
  tag = new Uint16Array(0);

  /** Makes room for `entries`; what was stored is lost. */
  reserve(entries: number): void {
    const capacity = this.tick.length;
    if (entries < capacity) return;
    const grown = entries < KEPT_CAPACITY ? Math.min(KEPT_CAPACITY, Math.max(4096, 2 * entries)) : entries + 1;
    this.allocate(grown);
  }

  release(): void {
    if (this.tick.length > KEPT_CAPACITY) this.allocate(0);
  }

  private allocate(capacity: number): void {
    this.tick = new Float64Array(capacity);
    this.extra = new Float64Array(capacity);
    this.first = new Uint8Array(capacity);
    this.second = new Uint8Array(capacity);
    this.tag = new Uint16Array(capacity);
  }
}

/** Where the events of one MIDI track are, and what else belongs to it. */
export interface TrackPlan {
  readonly start: number;
  readonly end: number;
  /** Tick at which it begins: not 0 where patterns are read one after the other. */
  readonly startTick: number;
  /** Messages of other tracks that act on it, by tick. */
  readonly arrivals: readonly Arrival[];
}

/** A message of another track. */
export interface Arrival {
  /** After the start of the track that takes it. */
  readonly tick: number;
  readonly message: readonly number[];
  /** Where it stands in the file. */
  readonly byte: number;
  /** Whether it does nothing in the track where it stands, and so belongs to those that take it. */
  readonly isMoved?: boolean;
  /** A channel mode message that ends notes, but belongs to another track. */
  readonly isOnlyAnEnd?: boolean;
}

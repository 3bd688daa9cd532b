/** One event as it stands in the file. */
export interface TracedEvent {
  /** First byte of its delta time, first byte after that, and the byte after its end. */
  readonly deltaStart: number;
  readonly start: number;
  readonly end: number;
  readonly tick: number;
  readonly delta: number;
  /** Its status, or of a meta event or system message the running status after it. */
  readonly status: number;
  /** What is right in its place; empty for nothing. Where it is not given, the event is right. */
  readonly instead: readonly number[] | undefined;
}

/** Is told of the events of a track while it is read, in their order. */
export interface TrackTrace {
  event(event: TracedEvent): void;
  /** A message that the track lacks, before the event that is told next, or at an earlier tick after all events of that. */
  insert(tick: number, message: readonly number[]): void;
}

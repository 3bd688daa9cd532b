/** Ids of anticipation's vocabularies (its `vocab.py`), which follow from 100 steps a second, 100 and 10 seconds. */
export const STEPS_PER_SECOND = 100;
export const DRUMS = 128;
export const PITCHES = 128;
export const INSTRUMENTS = 129;

/** Arrival times: an event is three ids, its time, its duration, and its note. */
export const ARRIVAL = {
  time: 0,
  times: 10_000,
  duration: 10_000,
  durations: 1000,
  note: 11_000,
  notes: INSTRUMENTS * PITCHES,
  rest: 27_512,
  /** What is added to the ids of events that are given beforehand. */
  control: 27_513,
  separator: 55_025,
  autoregress: 55_026,
  anticipate: 55_027,
  size: 55_028,
  /** In the place of a duration that is not known. */
  unknownDuration: STEPS_PER_SECOND / 4,
} as const;

/** Times between events: what begins and what ends is an id each, before it the time since the last one. */
export const INTERARRIVAL = {
  times: 1000,
  start: 1000,
  end: 17_512,
  separator: 34_024,
  size: 34_025,
} as const;

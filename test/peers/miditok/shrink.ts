import { compareCase, ourTokenizer } from './compare.ts';
import { type MidiEvents, writeMidi } from './midi-events.ts';
import type { MidiCase } from './midi-pool.ts';
import type { MidiTok } from './miditok.ts';
import type { ConfigCase } from './random-config.ts';

/** So long is shrinking worth it, in comparisons. */
const MOST_TRIES = 300;

/**
 * A difference made small: option by option, then event by event. The text can be pasted as a line of
 * `test/tokens/miditok-cases.jsonl`.
 */
export async function shrink(midiTok: MidiTok, config: ConfigCase, midi: MidiCase): Promise<string> {
  let tries = 0;
  const differs = async (one: ConfigCase, bytes: Uint8Array): Promise<boolean> => {
    tries += 1;
    return (await compareCase(midiTok, one, bytes)).kind === 'different';
  };
  let smallest = config;
  for (const name of Object.keys(config.options)) {
    const { [name]: _, ...options } = smallest.options;
    if (await differs({ ...smallest, options }, midi.bytes)) smallest = { ...smallest, options };
  }
  let { events } = midi;
  for (let size = 64; events !== undefined && size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < events.tracks.flat().length && tries < MOST_TRIES; ) {
      const fewer: MidiEvents = without(events, at, size);
      if (await differs(smallest, writeMidi(fewer))) events = fewer;
      else at += size;
    }
  }
  const bytes = events === undefined ? midi.bytes : writeMidi(events);
  const { why } = { why: '', ...(await compareCase(midiTok, smallest, bytes)) };
  const theirs = await midiTok.make(smallest);
  const [answer] = await midiTok.encode([bytes]);
  const expected = answer !== undefined && 'streams' in answer ? answer.streams.map((rows) => rows.flat()) : answer;
  const tokens = 'saved' in theirs ? ourTokenizer(theirs.saved) : theirs;
  const seen = 'refused' in tokens ? tokens.refused : why;
  const line =
    events === undefined ? { ...smallest, file: midi.name } : { ...smallest, midi: events, streams: expected };
  return `${seen}\n  ${JSON.stringify(line)}`;
}

/** Without `count` events from the one at place `at` on, counted through all tracks. */
function without({ division, tracks }: MidiEvents, at: number, count: number): MidiEvents {
  let place = 0;
  return {
    division,
    tracks: tracks.map((events) =>
      events.filter(() => {
        const isOut = place >= at && place < at + count;
        place += 1;
        return !isOut;
      }),
    ),
  };
}

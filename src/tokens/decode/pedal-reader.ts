import type { TokenizerConfig } from '../tokenizer-config.ts';
import type { StreamClock } from './stream-clock.ts';
import type { StreamTracks } from './stream-tracks.ts';
import { numberOf, type TokenMeaning } from './token-meanings.ts';

/** Makes the function that reads the sustain pedals of one stream: pressed and released, or with a duration. */
export function pedalReader(
  { use_programs: withPrograms, sustain_pedal_duration: withDurations }: TokenizerConfig,
  tracks: StreamTracks,
  clock: StreamClock,
): (token: TokenMeaning, next: TokenMeaning | undefined) => void {
  const pressed = new Map<number, number>();
  return (token, next) => {
    const program = withPrograms ? numberOf(token) : tracks.program;
    const since = pressed.get(program);
    if (token.type === 'PedalOff') {
      if (since !== undefined) tracks.of(program).addPedal(since, clock.tick - since);
      pressed.delete(program);
    } else if (withDurations && next !== undefined) {
      if (next.type === 'Duration') tracks.of(program).addPedal(clock.tick, clock.spanOf(next));
    } else if (since === undefined) pressed.set(program, clock.tick);
  };
}

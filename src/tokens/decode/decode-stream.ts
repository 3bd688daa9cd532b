import type { TokenizerConfig } from '../tokenizer-config.ts';
import type { NoteReader } from './note-reader.ts';
import { pedalReader } from './pedal-reader.ts';
import type { ScoreBuilder } from './score-builder.ts';
import type { StreamClock } from './stream-clock.ts';
import type { StreamTracks } from './stream-tracks.ts';
import { numberOf, type TokenMeaning } from './token-meanings.ts';

/**
 * Reads one stream of plain tokens into `builder`, as MidiTok does: what makes no sense where it stands is passed over,
 * as the output of a model may hold anything. Tempos and keys are those of the first stream.
 */
export function decodeStream(
  tokens: readonly TokenMeaning[],
  stream: number,
  builder: ScoreBuilder,
  config: TokenizerConfig,
  { tracks, clock, notes }: { readonly tracks: StreamTracks; readonly clock: StreamClock; readonly notes: NoteReader },
): void {
  const readPedal = pedalReader(config, tracks, clock);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) continue;
    clock.follow(token);
    const { tick } = clock;
    const first = token.numbers[0] ?? 0;
    const second = token.numbers[1] ?? 0;
    switch (token.type) {
      case 'Program':
        tracks.change(numberOf(token));
        break;
      case 'Tempo':
        if (stream === 0) builder.addTempo(tick, first);
        break;
      case 'KeySig':
        if (stream === 0) builder.keys.push({ tick, sharps: first, minor: second });
        break;
      case 'Pedal':
      case 'PedalOff':
        readPedal(token, tokens[at + 1]);
        break;
      case 'PitchBend':
        tracks.of().addBend(tick, first);
        break;
      case 'ControlChange':
        tracks.of().addControl(tick + clock.deviationIn(tokens[at + 1]), first, second);
        break;
      default:
        if (notes.read(tokens, at) === 'end') {
          notes.finish();
          return;
        }
    }
  }
  notes.finish();
}

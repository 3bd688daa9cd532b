import type { StreamBars } from '../encode/bar-finder.ts';
import type { TrainedVocabulary } from './trained-vocabulary.ts';

/**
 * Where in ids of a model bars begin that begin at base tokens. One that begins inside a token of the model is passed over; so are all
 * where the token that stands for anything occurs.
 */
export function placeBars({ starts, numbers }: StreamBars, ids: Uint16Array, trained: TrainedVocabulary): StreamBars {
  const placed: { readonly starts: number[]; readonly numbers: number[] } = { starts: [], numbers: [] };
  let bar = 0;
  let base = 0;
  for (const [at, id] of ids.entries()) {
    while ((starts[bar] ?? Number.POSITIVE_INFINITY) < base) bar += 1;
    if (id === trained.vocabulary.unknownId) return { starts: [], numbers: [] };
    if (starts[bar] === base) {
      placed.starts.push(at);
      placed.numbers.push(numbers[bar] ?? 0);
      bar += 1;
    }
    base += trained.baseLengthOf(id);
  }
  return placed;
}

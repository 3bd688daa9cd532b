import { ConfigError } from '../../../errors.ts';
import { upTo } from '../../token-blocks.ts';
import type { TokenizerOptions } from '../../tokenizer-config.ts';
import type { TokenBlock } from '../../vocabulary.ts';
import { CUT, type DirectTokenization } from '../tokenization.ts';
import { ARRIVAL, INSTRUMENTS, INTERARRIVAL, PITCHES } from './amt-ids.ts';
import { decodeArrivals } from './arrival-decoder.ts';
import { encodeArrivals } from './arrival-encoder.ts';
import { decodeInterarrivals } from './interarrival-decoder.ts';
import { encodeInterarrivals } from './interarrival-encoder.ts';

/**
 * Anticipatory Music Transformer (Thickstun et al., 2023), arrival times: an event is three ids. Times go on beyond the 100 seconds
 * that have ids; sequences for training are cut so that they begin at 0 (`sequence-packer.ts`).
 */
export const amt: DirectTokenization = {
  settle,
  readsMessages: true,
  blocks: () => [...events(''), { type: 'Rest', values: ['None'] }, ...events('Anticipated'), ...MARKS],
  encode: encodeArrivals,
  decode: decodeArrivals,
  hasOpenIds: true,
  idsPerEvent: 3,
  cutBefore: () => CUT.inside,
};

/** The same times, from event to event. */
export const amtInterarrival: DirectTokenization = {
  settle,
  readsMessages: true,
  blocks: () => [
    { type: 'TimeShift', values: upTo(INTERARRIVAL.times) },
    { type: 'NoteOn', values: notes() },
    { type: 'NoteOff', values: notes() },
    { type: 'Separator', values: ['None'] },
  ],
  encode: encodeInterarrivals,
  decode: decodeInterarrivals,
  cutBefore: (type) => (type === 'TimeShift' ? CUT.time : CUT.event),
};

/** Instrument, 128 for drums, and pitch. Made where they are asked for, which takes milliseconds of every start. */
function notes(): readonly string[] {
  return upTo(INSTRUMENTS).flatMap((instrument) => upTo(PITCHES).map((pitch) => `${instrument}-${pitch}`));
}

const MARKS: readonly TokenBlock[] = ['Separator', 'Autoregress', 'Anticipate'].map((type) => ({
  type,
  values: ['None'],
}));

/** None of MidiTok's options is of any effect. @throws ConfigError `tokenizer_model_unsupported` */
function settle(options: TokenizerOptions): TokenizerOptions {
  if (options.trained === null) return { ...options, special_tokens: [] };
  throw new ConfigError(
    'tokenizer_model_unsupported',
    'a trained model over the ids of AMT is of no use to its models',
  );
}

function events(kind: '' | 'Anticipated'): readonly TokenBlock[] {
  return [
    { type: `${kind}Time`, values: upTo(ARRIVAL.times) },
    { type: `${kind}Duration`, values: upTo(ARRIVAL.durations) },
    { type: `${kind}Note`, values: notes() },
  ];
}

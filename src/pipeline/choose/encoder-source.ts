import { resolve } from 'node:path';
import { readStatus } from '../../checkpoint/read-status.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { CheckpointError, MissingError } from '../../errors.ts';
import type { Plan } from '../../manifest/plan.ts';
import { localPlace } from '../../text/local-place.ts';
import { encoderIdentity } from '../../worker/encoder-identity.ts';
import type { EncoderChoice } from '../../worker/text-messages.ts';
import type { RunContext } from '../run-events.ts';
import { chosenEncoder } from './chosen-encoder.ts';
import { encoderOf, textFingerprint } from './fingerprints.ts';
import { hiddenStatesNotice, hiddenStatesSize } from './hidden-states-size.ts';

/** The text encoder of a run, which is looked for only where there may be text to encode. */
export interface EncoderSource {
  /** What it says of itself. */
  readonly identity: Readonly<Record<string, unknown>>;
  /**
   * The encoder itself.
   *
   * @throws MissingError `model_missing`; CheckpointError `fingerprint_mismatch` where it is not the one that the stage was made with.
   */
  readonly open: () => Promise<EncoderChoice>;
}

/** Where every text is encoded, the checkpoint says by what: the model may be gone, or on another machine. */
export async function encoderSource(
  config: RunConfig,
  { total, end }: Pick<Plan, 'total' | 'end'>,
  context: Pick<RunContext, 'emit' | 'signal'>,
): Promise<EncoderSource> {
  const known = await knownEncoder(config, end);
  if (known === undefined) {
    const choice = await chosenEncoder(config, context);
    const identity = await encoderIdentity(choice);
    const size = hiddenStatesSize(identity, total);
    if (size !== null) context.emit({ type: 'notice', message: hiddenStatesNotice(size, total) });
    return { identity, open: async () => choice };
  }
  // What is under the same name may be another model by now: an update is there to notice that.
  const here = config.mode === 'update' ? await encoderHere(config, context) : undefined;
  if (here !== undefined) return { identity: await encoderIdentity(here), open: async () => here };
  const open = async (): Promise<EncoderChoice> => {
    const choice = await chosenEncoder(config, context);
    const found = textFingerprint(config, await encoderIdentity(choice));
    if (found.id === textFingerprint(config, known).id) return choice;
    throw new CheckpointError(
      'fingerprint_mismatch',
      `the text model is not the one that the texts of ${config.outputDir} were encoded with; give it back, or ` +
        `encode all texts by it: midiloom process ${config.outputDir} --mode update`,
    );
  };
  return { identity: known, open };
}

/** The encoder, unless it would have to be downloaded. */
async function encoderHere(
  config: RunConfig,
  context: Pick<RunContext, 'emit' | 'signal'>,
): Promise<EncoderChoice | undefined> {
  try {
    return await chosenEncoder({ ...config, offline: true }, context);
  } catch (error) {
    if (error instanceof MissingError) return undefined;
    throw error;
  }
}

/** By what the texts were encoded, where all are and that is what is asked for. */
async function knownEncoder(config: RunConfig, end: number): Promise<EncoderSource['identity'] | undefined> {
  if (config.forceRestart || config.textEncoder !== 'transformers') return undefined;
  const found = await readStatus(config.textCheckpoint);
  if (found.kind !== 'valid') return undefined;
  const isDone = found.checkpoint.last_processed_idx >= end - 1;
  const encoder = encoderOf(found.checkpoint.fingerprint);
  return (isDone || config.mode === 'merge') && isAskedFor(encoder, config) ? encoder : undefined;
}

/** As far as can be told without the model. */
function isAskedFor(encoder: EncoderSource['identity'], config: RunConfig): boolean {
  const { textModel, textModelRevision, dtype, pooling, maxTextTokens, textPrefix, textOutput, longText } = config;
  return (
    encoder.encoder === 'transformers' &&
    [{ name: textModel, revision: textModelRevision }, localPlace(resolve(textModel))].some(
      ({ name, revision = null }) => encoder.model === name && encoder.revision === revision,
    ) &&
    encoder.dtype === dtype &&
    (encoder.output ?? 'pooled') === textOutput &&
    (encoder.long_text ?? 'truncate') === longText &&
    (pooling === 'auto' || textOutput === 'tokens' || encoder.pooling === pooling) &&
    (maxTextTokens === undefined || encoder.max_tokens === maxTextTokens) &&
    (textPrefix === undefined || (encoder.prompt ?? '') === textPrefix)
  );
}

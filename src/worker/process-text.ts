import { messageOf } from '../errors.ts';
import type { ProviderName } from '../text/encoders/transformers/execution-provider.ts';
import { modelText } from '../text/model-text.ts';
import { type NormalizedText, normalizeText } from '../text/normalize-text.ts';
import type { EncodedText } from '../text/text-encoder.ts';
import { textStatistics } from '../text/text-statistics.ts';
import type { BatchCache } from './batch-cache.ts';
import type { BatchResult, PairOutcome } from './batch-result.ts';
import { packOutcomes } from './process-batch.ts';
import { type CaptionAccess, readCaption } from './read-caption.ts';
import type { EncoderChoice, EncoderSettings, TextJob } from './text-messages.ts';
import { packTextRecord, withoutText } from './text-record.ts';

/** A caption on its way: `input` will be encoded, or what became of it already. */
type Prepared = { readonly index: number; readonly stamp: Uint8Array | undefined } & (
  | { readonly text: NormalizedText; readonly input: string }
  | { readonly text: undefined; readonly outcome: PairOutcome }
);

export interface TextWork {
  readonly settings: EncoderSettings;
  /** Asked only where there is something to encode. */
  readonly encode: (texts: readonly string[]) => Promise<readonly EncodedText[]>;
  /** What will encode: results of another device are not taken from the cache. */
  readonly device: () => Promise<ProviderName | undefined>;
  readonly cache: BatchCache | undefined;
}

/** Makes the function that turns a window of captions into text records. A bad caption never fails its window. */
export function createTextProcessor(work: TextWork): (jobs: readonly TextJob[]) => Promise<BatchResult> {
  const { settings, cache } = work;
  const access = { ...settings, maxBytes: settings.maxFileBytes, knownFolders: new Map() };
  return async (jobs) => {
    const device = cache === undefined ? undefined : await work.device();
    const known = (index: number, text: string) => cache?.find(index, text, device);
    const prepared = jobs.map((job) => prepare(job, settings.textRoot, access, settings.encoder.name, known));
    const texts = prepared.flatMap((item) => (item.text === undefined ? [] : [item.input]));
    const encoded = texts.length === 0 ? [] : await work.encode(texts);
    let next = 0;
    const outcomes = prepared.map(
      ({ index, stamp, ...item }) =>
        [index, { ...(item.text ? packed(item, encoded[next++], settings) : item.outcome), stamp }] as const,
    );
    return packOutcomes(outcomes, cache);
  };
}

function prepare(
  job: TextJob,
  textRoot: string,
  access: CaptionAccess,
  encoder: EncoderChoice['name'],
  known: (index: number, text: string) => Uint8Array | undefined,
): Prepared {
  const { index } = job;
  let stamp: Uint8Array | undefined;
  const done = (outcome: PairOutcome): Prepared => ({ index, stamp, text: undefined, outcome });
  try {
    const raw = readCaption(job, textRoot, access);
    stamp = raw.stamp;
    if (!raw.ok) return done(raw);
    if (raw.text === undefined) return done({ ok: true, bytes: packTextRecord(withoutText(encoder)) });
    const bytes = known(index, raw.text);
    if (bytes !== undefined) return done({ ok: true, bytes });
    const normalized = normalizeText(raw.text);
    return normalized.ok
      ? {
          index,
          stamp,
          text: normalized,
          input: encoder === 'transformers' ? modelText(normalized.text) : normalized.normalized,
        }
      : done({ ok: false, code: normalized.code, error: normalized.message });
  } catch (error) {
    return done({ ok: false, code: 'text_internal_error', error: messageOf(error) });
  }
}

function packed(
  { text, input }: { readonly text: NormalizedText; readonly input: string },
  encoded: EncodedText | undefined,
  { encoder, embeddingPrecision }: EncoderSettings,
): PairOutcome {
  if (encoded === undefined) return { ok: false, code: 'text_internal_error', error: 'the encoder returned no result' };
  return {
    ok: true,
    bytes: packTextRecord({
      text: text.text,
      normalized: text.normalized,
      embedding: encoded.embedding,
      hidden_states: encoded.hiddenStates,
      precision: embeddingPrecision,
      token_ids: encoded.tokenIds,
      truncated: encoded.truncated || isCut(text, input, encoder.name),
      statistics: textStatistics(text.normalized),
      encoder: encoder.name,
      device: encoded.device,
    }),
  };
}

/** Whether the encoder was given less than there is. */
function isCut(text: NormalizedText, input: string, encoder: EncoderChoice['name']): boolean {
  return encoder === 'transformers' ? input !== text.text : text.repairs.cutBytes > 0;
}

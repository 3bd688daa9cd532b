import { ConfigError } from '../../../errors.ts';
import type { ModelFolder } from '../../model-folder.ts';
import type { EncodedText, TextEncoder } from '../../text-encoder.ts';
import { type CaptionTokenizer, openTokenizer, type TextPart, type TokenizedText } from './caption-tokenizer.ts';
import { batchLimits, gpuProviders, type ProviderName } from './execution-provider.ts';
import { ModelDevice, type ProviderChange } from './model-device.ts';
import { type OpenSession, openModelSession } from './model-session.ts';
import { type AskedSettings, type ModelSettings, readModelSettings } from './model-settings.ts';
import { meanOfParts, poolTokens, tokenStates } from './pool-tokens.ts';
import { DEFAULT_PROBE_OPTIONS, type ProbeOptions, type ProviderProbe, probeProviders } from './probe-providers.ts';
import { pythonStrip } from './python-strip.ts';
import { sessionSettings } from './session-settings.ts';
import { takeBatch } from './take-batch.ts';
import { transformersIdentity } from './transformers-identity.ts';

/** All but the callbacks is plain data. */
export interface TransformersOptions extends AskedSettings {
  /** From `findModel`. */
  readonly model: ModelFolder;
  /** Whether GPU providers are tried before the CPU is used. */
  readonly useGpu: boolean;
  /** GPU providers to leave out, as after one took the process down. */
  readonly withoutProviders?: readonly ProviderName[];
  /** CPU threads of one inference; the number of cores is the most that pays. */
  readonly threads: number;
  /** Padded tokens in a batch; by default what suits the device. */
  readonly maxBatchTokens?: number | undefined;
  /** Told of each provider that was tried, working or not. */
  readonly onProbe?: (probe: ProviderProbe) => void;
  /** Told when a provider failed in the middle of a run; its batch is done again on the next one. */
  readonly onProviderChange?: (change: ProviderChange) => void;
}

/** Parts that tests put others in the place of. */
export interface TransformersParts {
  readonly openSession: OpenSession;
  readonly probe: ProbeOptions;
  readonly gpuProviders: readonly ProviderName[];
}

export interface TransformersEncoder extends TextEncoder {
  /** What computes now. */
  readonly provider: ProviderName;
}

/**
 * Sentence embeddings by a BERT-family model on onnxruntime (Reimers and Gurevych, 2019). On the CPU equal texts get equal
 * bits whatever the batch, the order and the number of threads.
 *
 * @throws ConfigError `model_invalid`, `model_unsupported` or `model_unusable` where the model cannot be run.
 * @example
 * const model = await findModel({ model: 'Xenova/all-MiniLM-L6-v2', revision: 'main', dtype: 'fp32', cacheDir: defaultModelCache(), offline: false });
 * const encoder = await createTransformersEncoder({ model, pooling: 'auto', normalize: 'auto', useGpu: false, threads: availableParallelism() });
 */
export async function createTransformersEncoder(
  options: TransformersOptions,
  parts: Partial<TransformersParts> = {},
): Promise<TransformersEncoder> {
  const { model, threads } = options;
  const settings = await readModelSettings(model, options);
  const tokenizer = await openTokenizer(model.directory, settings);
  const tokenize: CaptionTokenizer = (text) => tokenizer(preparedText(text, settings));
  const session = sessionSettings(model, settings, threads);
  const device = await ModelDevice.open({
    settings: session,
    candidates: options.useGpu ? gpuCandidates(options, parts) : [],
    openSession: parts.openSession ?? openModelSession,
    probe: (providers) => probeProviders(session, providers, parts.probe ?? DEFAULT_PROBE_OPTIONS),
    onProbe: (probe) => options.onProbe?.(probe),
    onProviderChange: (change) => options.onProviderChange?.(change),
  });
  const embed = (parts: readonly TextPart[]): Promise<Embeddings> => embedAll(parts, device, options, settings);
  const empty = await tokenize('');
  if (empty.ids.length >= settings.maxTokens) throw promptTooLong(model, settings);
  const [shortest] = (await embed(empty.parts)).values();
  return {
    name: 'transformers',
    dimensions: shortest?.values?.length ?? 0,
    identity: await transformersIdentity(options),
    get provider() {
      return device.provider;
    },
    encode: (texts) => encode(texts, tokenize, embed, settings),
    close: () => device.close(),
  };
}

function gpuCandidates(
  { withoutProviders = [] }: TransformersOptions,
  parts: Partial<TransformersParts>,
): readonly ProviderName[] {
  const all = parts.gpuProviders ?? gpuProviders(process.platform, process.arch);
  return all.filter((provider) => !withoutProviders.includes(provider));
}

/** In the order of sentence-transformers: white space at the ends goes, the prompt is put into lower case as well. */
function preparedText(text: string, { prompt, lowerCase }: ModelSettings): string {
  const stripped = pythonStrip(`${prompt}${text}`);
  return lowerCase ? stripped.toLowerCase() : stripped;
}

function promptTooLong({ name }: ModelFolder, { maxTokens, prompt }: ModelSettings): ConfigError {
  return new ConfigError(
    'invalid_option',
    `what is put before each text for the model ${name} ("${prompt}") leaves no room for the text in ${maxTokens} tokens: ` +
      'another --text_prefix or --max_text_tokens is needed',
  );
}

/** Tokenizes once, embeds equal texts once, and returns the results in the order of the texts. */
async function encode(
  texts: readonly string[],
  tokenize: CaptionTokenizer,
  embed: (parts: readonly TextPart[]) => Promise<Embeddings>,
  { normalize }: ModelSettings,
): Promise<readonly EncodedText[]> {
  const tokenized = new Map<string, TokenizedText>();
  for (const text of texts) if (!tokenized.has(text)) tokenized.set(text, await tokenize(text));
  const embeddings = await embed([...tokenized.values()].flatMap(({ parts }) => parts));
  const encoded = new Map<string, EncodedText>();
  for (const [text, { ids, truncated, parts }] of tokenized) {
    encoded.set(text, { ...embeddingOf(parts, embeddings, normalize), tokenIds: ids, truncated });
  }
  return texts.map((text) => encoded.get(text) ?? notEncoded());
}

function embeddingOf(
  parts: readonly TextPart[],
  embeddings: Embeddings,
  normalize: boolean,
): Pick<EncodedText, 'embedding' | 'hiddenStates' | 'device'> {
  const made = parts.map((part) => ({ weight: part.ownTokens, ...(embeddings.get(part) ?? notEncoded()) }));
  const { device, values, hiddenStates } = made.at(-1) ?? notEncoded();
  if (made.length === 1 || values === undefined) return { embedding: values, hiddenStates, device };
  const weighed = made.flatMap(({ values: of, weight }) => (of === undefined ? [] : [{ values: of, weight }]));
  return { embedding: meanOfParts(weighed, normalize), device };
}

function notEncoded(): never {
  throw new Error('a text of the window got no embedding');
}

/** One or the other, as is asked for. */
interface Embedding {
  readonly values?: Float32Array;
  readonly hiddenStates?: Uint16Array;
  readonly device: ProviderName;
}
type Embeddings = ReadonlyMap<TextPart, Embedding>;

/** Longest first, so that batches of like lengths form, and the largest memory is asked for at once. */
async function embedAll(
  parts: readonly TextPart[],
  device: ModelDevice,
  { model, maxBatchTokens }: TransformersOptions,
  settings: ModelSettings,
): Promise<Embeddings> {
  // A stable sort: among equal lengths the order is that of the texts.
  const order = [...parts].sort((a, b) => b.ids.length - a.ids.length);
  const lengths = order.map(({ ids }) => ids.length);
  const embeddings = new Map<TextPart, Embedding>();
  for (let start = 0; start < order.length; ) {
    const limits = batchLimits(device.provider, model.dtype, maxBatchTokens, device.takesMask);
    const batch = order.slice(start, start + takeBatch(lengths, start, limits));
    const pooled = await device.run(async (session) => {
      const states = await session.run(batch.map(({ ids }) => ids));
      return batch.map((part, row): readonly [TextPart, Omit<Embedding, 'device'>] => [
        part,
        settings.output === 'tokens'
          ? { hiddenStates: tokenStates(states, row, part.ids.length) }
          : { values: poolTokens(states, row, part.ids.length, settings) },
      ]);
    });
    // Otherwise the provider failed and another took over, which may want other batches.
    if (pooled === undefined) continue;
    for (const [part, made] of pooled) embeddings.set(part, { ...made, device: device.provider });
    start += batch.length;
  }
  return embeddings;
}

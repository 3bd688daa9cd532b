import type { ModelFolder } from '../../model-folder.ts';
import type { EncodedText, TextEncoder } from '../../text-encoder.ts';
import { type CaptionTokenizer, openTokenizer, type TokenizedText } from './caption-tokenizer.ts';
import { batchLimits, gpuProviders, type ProviderName } from './execution-provider.ts';
import { ModelDevice, type ProviderChange } from './model-device.ts';
import { type OpenSession, openModelSession } from './model-session.ts';
import { type AskedSettings, type ModelSettings, readModelSettings } from './model-settings.ts';
import { poolTokens } from './pool-tokens.ts';
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
  const tokenizer = await openTokenizer(model.directory, settings.maxTokens);
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
  const embed = (texts: readonly TokenizedText[]): Promise<Embeddings> => embedAll(texts, device, options, settings);
  const [shortest] = (await embed([await tokenize('')])).values();
  return {
    name: 'transformers',
    dimensions: shortest?.values.length ?? 0,
    identity: await transformersIdentity(options),
    get provider() {
      return device.provider;
    },
    encode: (texts) => encode(texts, tokenize, embed),
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

/** Tokenizes once, embeds equal texts once, and returns the results in the order of the texts. */
async function encode(
  texts: readonly string[],
  tokenize: CaptionTokenizer,
  embed: (texts: readonly TokenizedText[]) => Promise<Embeddings>,
): Promise<readonly EncodedText[]> {
  const tokenized = new Map<string, TokenizedText>();
  for (const text of texts) if (!tokenized.has(text)) tokenized.set(text, await tokenize(text));
  const embeddings = await embed([...tokenized.values()]);
  return texts.map((text) => {
    const tokens = tokenized.get(text);
    const embedding = tokens && embeddings.get(tokens);
    if (embedding === undefined) throw new Error('a text of the window got no embedding');
    const { values, device } = embedding;
    return { embedding: values, tokenIds: tokens?.ids, truncated: tokens?.truncated === true, device };
  });
}

interface Embedding {
  readonly values: Float32Array;
  readonly device: ProviderName;
}
type Embeddings = ReadonlyMap<TokenizedText, Embedding>;

/** Longest first, so that batches of like lengths form, and the largest memory is asked for at once. */
async function embedAll(
  texts: readonly TokenizedText[],
  device: ModelDevice,
  { model, maxBatchTokens }: TransformersOptions,
  settings: ModelSettings,
): Promise<Embeddings> {
  // A stable sort: among equal lengths the order is that of the texts.
  const order = [...texts].sort((a, b) => b.ids.length - a.ids.length);
  const lengths = order.map(({ ids }) => ids.length);
  const embeddings = new Map<TokenizedText, Embedding>();
  for (let start = 0; start < order.length; ) {
    const limits = batchLimits(device.provider, model.dtype, maxBatchTokens, device.takesMask);
    const batch = order.slice(start, start + takeBatch(lengths, start, limits));
    const pooled = await device.run(async (session) => {
      const states = await session.run(batch.map(({ ids }) => ids));
      return batch.map((text, row) => [text, poolTokens(states, row, text.ids.length, settings)] as const);
    });
    // Otherwise the provider failed and another took over, which may want other batches.
    if (pooled === undefined) continue;
    for (const [text, values] of pooled) embeddings.set(text, { values, device: device.provider });
    start += batch.length;
  }
  return embeddings;
}

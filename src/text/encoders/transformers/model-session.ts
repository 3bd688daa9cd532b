import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { ConfigError } from '../../../errors.ts';
import type { ProviderName } from './execution-provider.ts';
import { loadOnnxruntime } from './load-onnxruntime.ts';
import type { HiddenStates } from './pool-tokens.ts';
import { floatsOf } from './tensor-floats.ts';

/** Token ids, one row per text; shorter rows are padded to the longest. */
export type TokenRows = readonly Int32Array[];

/** A model that is ready to run. */
export interface ModelSession {
  run(rows: TokenRows): Promise<HiddenStates>;
  /** Whether it is told what is padding; otherwise rows must be of one length. */
  readonly takesMask: boolean;
  close(): Promise<void>;
}

/** Plain data: it also goes to the processes that try a provider. */
export interface SessionSettings {
  readonly modelPath: string;
  /** A vector for each token, or one for the text. */
  readonly gives: 'tokens' | 'vector';
  readonly padTokenId: number;
  /** Where positions begin, for models that are told. */
  readonly firstPosition: number;
  /** Threads of one inference; more than there are cores loses a third of the speed or more. */
  readonly threads: number;
}

export type OpenSession = (settings: SessionSettings, provider: ProviderName) => Promise<ModelSession>;

const KNOWN_INPUTS = new Set(['input_ids', 'attention_mask', 'token_type_ids', 'position_ids']);
const KNOWN_OUTPUTS = {
  tokens: ['last_hidden_state', 'token_embeddings'],
  vector: ['text_embeds', 'sentence_embedding'],
} as const;
/** What an input that is not known says of a model. */
const OTHER_MODELS: readonly (readonly [RegExp, string])[] = [
  [/^decoder_|^encoder_/, 'it writes as well as reads; what reads is in a file of its own, encoder_model.onnx'],
  [/^past_|cache/, 'it was exported to write text, one token after the other, not to read it'],
  [
    /^(pixel|input_features|input_values|is_longer)/,
    'it sees or hears; what reads is in a file of its own, text_model.onnx',
  ],
];

/**
 * Opens an ONNX model with one execution provider and no other.
 *
 * @throws ConfigError `model_unsupported` where it takes or gives something else than text encoders do.
 * @throws Error where onnxruntime cannot open it, or not with this provider.
 */
export const openModelSession: OpenSession = async (settings, provider) => {
  const { InferenceSession, Tensor } = await loadOnnxruntime();
  const session = await InferenceSession.create(settings.modelPath, sessionOptions(settings, provider));
  const output = outputOf(session, settings);
  const { inputNames } = session;
  return {
    takesMask: inputNames.includes('attention_mask'),
    async run(rows) {
      const width = rows.reduce((longest, row) => Math.max(longest, row.length), 0);
      const dims = [rows.length, width];
      const columns = {
        input_ids: () => paddedIds(rows, width, BigInt(settings.padTokenId)),
        attention_mask: () => attentionMask(rows, width),
        token_type_ids: () => new BigInt64Array(rows.length * width),
        position_ids: () => positions(rows.length, width, settings.firstPosition),
      };
      const feeds = Object.entries(columns)
        .filter(([name]) => inputNames.includes(name))
        .map(([name, column]) => [name, new Tensor('int64', column(), dims)]);
      const tensor = (await session.run(Object.fromEntries(feeds), [output]))[output];
      return settings.gives === 'vector' ? vectorsOf(tensor, rows.length) : hiddenStatesOf(tensor, rows.length, width);
    },
    close: () => session.release(),
  };
};

function sessionOptions({ threads }: SessionSettings, provider: ProviderName): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // A pattern is kept for every shape that was ever seen, and here there are hundreds of them.
    enableMemPattern: false,
    // Threads spin while a batch is under way, which is a tenth faster, and sleep between batches: others want the cores.
    extra: { session: { intra_op: { allow_spinning: '1' }, force_spinning_stop: '1' } },
    logSeverityLevel: 4,
  };
}

function outputOf({ inputNames, outputNames }: InferenceSession, { modelPath, gives }: SessionSettings): string {
  const unknown = inputNames.filter((name) => !KNOWN_INPUTS.has(name));
  const output = KNOWN_OUTPUTS[gives].find((name) => outputNames.includes(name));
  if (output !== undefined && unknown.length === 0) return output;
  const reason = OTHER_MODELS.find(([pattern]) => unknown.some((name) => pattern.test(name)))?.[1];
  const ports = `it takes ${inputNames.join(', ')} and gives ${outputNames.join(', ')}`;
  const wanted = `of ${[...KNOWN_INPUTS].join(', ')} it may take any, and must give ${KNOWN_OUTPUTS[gives].join(' or ')}`;
  throw new ConfigError(
    'model_unsupported',
    `${modelPath} is not a text encoder that can be run here: ${ports}; ${reason ?? wanted}`,
  );
}

function positions(rows: number, width: number, first: number): BigInt64Array {
  return BigInt64Array.from({ length: rows * width }, (_, at) => BigInt(first + (at % width)));
}

function paddedIds(rows: TokenRows, width: number, padTokenId: bigint): BigInt64Array {
  const ids = new BigInt64Array(rows.length * width).fill(padTokenId);
  rows.forEach((row, at) => {
    for (let token = 0; token < row.length; token++) ids[at * width + token] = BigInt(row[token] ?? 0);
  });
  return ids;
}

function attentionMask(rows: TokenRows, width: number): BigInt64Array {
  const mask = new BigInt64Array(rows.length * width);
  rows.forEach((row, at) => {
    mask.fill(1n, at * width, at * width + row.length);
  });
  return mask;
}

function hiddenStatesOf(tensor: Tensor | undefined, rows: number, width: number): HiddenStates {
  const [batch, length, hiddenSize = 0] = tensor?.dims ?? [];
  if (tensor === undefined || tensor.dims.length !== 3 || batch !== rows || length !== width) {
    throw new Error(`the model gave a tensor of shape [${tensor?.dims}] for ${rows} rows of ${width} tokens`);
  }
  return { values: floatsOf(tensor), width, hiddenSize };
}

function vectorsOf(tensor: Tensor | undefined, rows: number): HiddenStates {
  const [batch, hiddenSize = 0] = tensor?.dims ?? [];
  if (tensor === undefined || tensor.dims.length !== 2 || batch !== rows) {
    throw new Error(`the model gave a tensor of shape [${tensor?.dims}] for ${rows} texts`);
  }
  return { values: floatsOf(tensor), width: 1, hiddenSize };
}

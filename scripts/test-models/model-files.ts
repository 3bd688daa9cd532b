import type { GraphDtype } from './bert-graph.ts';
import type { BertShape } from './bert-weights.ts';
import type { ModelFamily } from './model-family.ts';

/** The file of each dtype, named as on the hub. */
export const MODEL_FILES: Readonly<Record<GraphDtype, string>> = {
  fp32: 'onnx/model.onnx',
  fp16: 'onnx/model_fp16.onnx',
  q8: 'onnx/model_quantized.onnx',
};

/** What the hub's tools call the special tokens. */
const ROLES = {
  unknown: 'unk_token',
  opening: 'cls_token',
  closing: 'sep_token',
  pad: 'pad_token',
  mask: 'mask_token',
};

/** The text files of an uncased model as the hub has them: content by file name. */
export function bertTextFiles(
  shape: BertShape,
  vocabulary: ReadonlyMap<string, number>,
  family: ModelFamily,
): Readonly<Record<string, string>> {
  const names = Object.fromEntries(
    Object.entries(ROLES).flatMap(([role, name]) => {
      const token = Object.entries(family.tokens).find(([of]) => of === role)?.[1][0];
      return token === undefined ? [] : [[name, token]];
    }),
  );
  return {
    'config.json': json(configOf(shape, family)),
    'tokenizer.json': json(tokenizer(vocabulary, family)),
    'tokenizer_config.json': json({
      ...names,
      do_lower_case: true,
      ...(family.modelType === 'bert' ? { model_max_length: shape.positions } : {}),
      tokenizer_class: 'BertTokenizer',
    }),
    'special_tokens_map.json': json(names),
    'vocab.txt': `${[...vocabulary.keys()].join('\n')}\n`,
  };
}

/** Models of text and something else have the configuration of the text in a part of its own. */
function configOf(shape: BertShape, { modelType, positions, padTokenId, projection }: ModelFamily): unknown {
  const config = {
    architectures: ['BertModel'],
    model_type: modelType,
    hidden_act: 'gelu',
    hidden_size: shape.hiddenSize,
    intermediate_size: shape.feedForwardSize,
    layer_norm_eps: 1e-12,
    ...(positions === 'distance' ? {} : { max_position_embeddings: shape.positions }),
    num_attention_heads: shape.heads,
    num_hidden_layers: shape.layers,
    pad_token_id: padTokenId,
    type_vocab_size: 2,
    vocab_size: shape.vocabularySize,
  };
  return projection === undefined ? config : { model_type: modelType.replace('_text_model', ''), text_config: config };
}

function tokenizer(vocabulary: ReadonlyMap<string, number>, { tokens }: ModelFamily): unknown {
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const special = (token: string): unknown => ({ SpecialToken: { id: token, type_id: 0 } });
  const [closing] = tokens.closing;
  const opening = tokens.opening === undefined ? [] : [special(tokens.opening[0])];
  const around = [...(tokens.opening === undefined ? [] : [tokens.opening]), tokens.closing];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: Object.values(tokens).map(([content, id]) => ({ id, content, ...flags })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [...opening, { Sequence: { id: 'A', type_id: 0 } }, special(closing)],
      pair: [
        ...opening,
        { Sequence: { id: 'A', type_id: 0 } },
        special(closing),
        { Sequence: { id: 'B', type_id: 1 } },
        { SpecialToken: { id: closing, type_id: 1 } },
      ],
      special_tokens: Object.fromEntries(
        around.map(([token, id]) => [token, { id: token, ids: [id], tokens: [token] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: tokens.unknown[0],
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary),
    },
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

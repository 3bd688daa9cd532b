import type { GraphDtype } from './bert-graph.ts';
import type { BertShape } from './bert-weights.ts';

/** The file of each dtype, named as on the hub. */
export const MODEL_FILES: Readonly<Record<GraphDtype, string>> = {
  fp32: 'onnx/model.onnx',
  fp16: 'onnx/model_fp16.onnx',
  q8: 'onnx/model_quantized.onnx',
};

const SPECIAL_NAMES = {
  unk_token: '[UNK]',
  sep_token: '[SEP]',
  pad_token: '[PAD]',
  cls_token: '[CLS]',
  mask_token: '[MASK]',
} as const;

/** The text files of an uncased BERT as the hub has them: content by file name. */
export function bertTextFiles(
  shape: BertShape,
  vocabulary: ReadonlyMap<string, number>,
): Readonly<Record<string, string>> {
  return {
    'config.json': json({
      architectures: ['BertModel'],
      model_type: 'bert',
      hidden_act: 'gelu',
      hidden_size: shape.hiddenSize,
      intermediate_size: shape.feedForwardSize,
      layer_norm_eps: 1e-12,
      max_position_embeddings: shape.positions,
      num_attention_heads: shape.heads,
      num_hidden_layers: shape.layers,
      pad_token_id: 0,
      type_vocab_size: 2,
      vocab_size: shape.vocabularySize,
    }),
    'tokenizer.json': json(tokenizer(vocabulary)),
    'tokenizer_config.json': json({
      ...SPECIAL_NAMES,
      do_lower_case: true,
      model_max_length: shape.positions,
      tokenizer_class: 'BertTokenizer',
    }),
    'special_tokens_map.json': json(SPECIAL_NAMES),
    'vocab.txt': `${[...vocabulary.keys()].join('\n')}\n`,
  };
}

function tokenizer(vocabulary: ReadonlyMap<string, number>): unknown {
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const id = (token: string): number => vocabulary.get(token) ?? 0;
  const special = (token: string): unknown => ({ SpecialToken: { id: token, type_id: 0 } });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: Object.values(SPECIAL_NAMES).map((content) => ({ id: id(content), content, ...flags })),
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
      single: [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')],
      pair: [
        special('[CLS]'),
        { Sequence: { id: 'A', type_id: 0 } },
        special('[SEP]'),
        { Sequence: { id: 'B', type_id: 1 } },
        { SpecialToken: { id: '[SEP]', type_id: 1 } },
      ],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((token) => [token, { id: token, ids: [id(token)], tokens: [token] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary),
    },
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

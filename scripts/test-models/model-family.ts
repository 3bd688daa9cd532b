/**
 * What tells families of text models apart for somebody who runs them: what a model takes and gives, what its tokenizer puts around a
 * text, which id pads, what its files are called. Inside, all models made here are the BERT of `bert-graph.ts`.
 */
export interface ModelFamily {
  /** As in `config.json`. */
  readonly modelType: string;
  /**
   * Where positions come from: the place in the row; the ids, counted from behind that of padding as RoBERTa does, so that a wrong id
   * for padding gives other vectors; an input of their own, counted in that way; or distances between tokens alone, as in T5.
   */
  readonly positions: 'place' | 'ids' | 'input' | 'distance';
  readonly hasTokenTypes: boolean;
  readonly hasMask: boolean;
  readonly padTokenId: number;
  /** Special tokens and their ids. */
  readonly tokens: Readonly<Record<'unknown' | 'closing' | 'pad', readonly [string, number]>> & {
    readonly opening?: readonly [string, number];
    readonly mask?: readonly [string, number];
  };
  /** Numbers in the vector of a text, where the model pools by itself: of its first token, through a linear layer. */
  readonly projection?: number;
  /** Name of the ONNX file without its precision. */
  readonly file: 'model' | 'encoder_model' | 'text_model';
}

const BERT_TOKENS = {
  unknown: ['[UNK]', 100],
  opening: ['[CLS]', 101],
  closing: ['[SEP]', 102],
  pad: ['[PAD]', 0],
  mask: ['[MASK]', 103],
} as const;
const ROBERTA_TOKENS = { unknown: ['<unk>', 3], opening: ['<s>', 0], closing: ['</s>', 2], pad: ['<pad>', 1] } as const;

export const BERT: ModelFamily = {
  modelType: 'bert',
  positions: 'place',
  hasTokenTypes: true,
  hasMask: true,
  padTokenId: 0,
  tokens: BERT_TOKENS,
  file: 'model',
};
export const ROBERTA: ModelFamily = {
  ...BERT,
  modelType: 'roberta',
  positions: 'ids',
  hasTokenTypes: false,
  padTokenId: 1,
  tokens: ROBERTA_TOKENS,
};

export const FAMILIES: Readonly<Record<string, ModelFamily>> = {
  bert: BERT,
  roberta: ROBERTA,
  mpnet: { ...ROBERTA, modelType: 'mpnet' },
  'xlm-roberta': { ...ROBERTA, modelType: 'xlm-roberta', hasTokenTypes: true },
  'roberta with position_ids': { ...ROBERTA, positions: 'input' },
  modernbert: {
    ...BERT,
    modelType: 'modernbert',
    hasTokenTypes: false,
    padTokenId: 7,
    tokens: { ...BERT_TOKENS, pad: ['[PAD]', 7] },
  },
  t5: {
    ...BERT,
    modelType: 't5',
    positions: 'distance',
    hasTokenTypes: false,
    tokens: { unknown: ['<unk>', 2], closing: ['</s>', 1], pad: ['<pad>', 0] },
    file: 'encoder_model',
  },
  clap: { ...ROBERTA, modelType: 'clap_text_model', projection: 16, file: 'text_model' },
  'clip, without a mask': {
    ...ROBERTA,
    modelType: 'clip_text_model',
    positions: 'place',
    hasMask: false,
    projection: 16,
    file: 'text_model',
  },
};

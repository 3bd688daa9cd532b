/** Roles that Hugging Face's tokenizers give to special tokens, and MidiTok's names of those. */
const ROLES: readonly (readonly [role: string, token: string])[] = [
  ['pad_token', 'PAD_None'],
  ['bos_token', 'BOS_None'],
  ['eos_token', 'EOS_None'],
  ['mask_token', 'MASK_None'],
  ['sep_token', 'SEP_None'],
];
/** What the library takes for "no limit". */
const NO_LIMIT = 1e30;

/**
 * The files of a folder that Hugging Face's `AutoTokenizer` loads: the tokens as words between spaces, so that models and data
 * collators find the vocabulary, its size and the special tokens. How MIDI becomes tokens only MidiTok's `tokenizer.json` says. There
 * are none for compound tokens, of which a position has several, and where a token has white space in its name.
 *
 * @param vocabulary - the tokens of each column by id.
 */
export function hfTokenizerFiles(
  vocabulary: readonly (readonly string[])[],
): readonly (readonly [path: string, text: string])[] {
  const [tokens = [], ...others] = vocabulary;
  const areWords = tokens.every((token) => /^\S+$/u.test(token)) && new Set(tokens).size === tokens.length;
  if (others.length > 0 || !areWords) return [];
  const roles = ROLES.filter(([, token]) => tokens.includes(token));
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return [
    [
      'tokenizer.json',
      textOf({
        version: '1.0',
        truncation: null,
        padding: null,
        added_tokens: roles.map(([, content]) => ({ id: tokens.indexOf(content), content, ...flags })),
        normalizer: null,
        pre_tokenizer: { type: 'WhitespaceSplit' },
        post_processor: null,
        decoder: null,
        // A word that is no token is an error: the name of the unknown token is none of the vocabulary.
        model: {
          type: 'WordLevel',
          vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
          unk_token: '<unk>',
        },
      }),
    ],
    [
      'tokenizer_config.json',
      textOf({
        tokenizer_class: 'PreTrainedTokenizerFast',
        model_max_length: NO_LIMIT,
        clean_up_tokenization_spaces: false,
        ...Object.fromEntries(roles),
      }),
    ],
    ['special_tokens_map.json', textOf(Object.fromEntries(roles))],
  ];
}

function textOf(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

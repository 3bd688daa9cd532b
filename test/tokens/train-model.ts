import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokenizer } from 'tokenizers';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import type { TokenizerConfig } from '../../src/tokens/tokenizer-config.ts';

export type ModelName = 'BPE' | 'Unigram' | 'WordPiece';

const METASPACE = { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always', split: true };
/** The character of MidiTok's first special token, PAD. */
const UNKNOWN = '!';

const UNTRAINED: Readonly<Record<ModelName, object>> = {
  BPE: {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: '',
    end_of_word_suffix: '',
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: false,
    vocab: {},
    merges: [],
  },
  Unigram: { type: 'Unigram', unk_id: null, vocab: [], byte_fallback: false },
  WordPiece: {
    type: 'WordPiece',
    unk_token: UNKNOWN,
    continuing_subword_prefix: '',
    max_input_chars_per_word: 400,
    vocab: { [UNKNOWN]: 0 },
  },
};

/** The text of a model that Hugging Face's library trained on words, with MidiTok's settings. */
export function trainModel(name: ModelName, words: readonly string[], marksWords: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-train-'));
  try {
    const [words_, trained] = [join(folder, 'words.txt'), join(folder, 'model.json')];
    writeFileSync(words_, words.join('\n'));
    const tokenizer = Tokenizer.fromString(jsonOf(UNTRAINED[name], marksWords));
    tokenizer.train([words_]);
    tokenizer.save(trained);
    const { model } = JSON.parse(readFileSync(trained, 'utf8')) as { model: { vocab: Record<string, number> } };
    if (name === 'WordPiece') model.vocab[UNKNOWN] ??= Object.keys(model.vocab).length;
    return jsonOf(model, marksWords);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function jsonOf(model: object, marksWords: boolean): string {
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: marksWords ? METASPACE : null,
    post_processor: null,
    decoder: marksWords ? METASPACE : null,
    model,
  });
}

const loaded = new Map<string, Tokenizer>();

/** The ids that Hugging Face's library gives words that are split already. */
export async function referenceIds(model: string, words: readonly string[]): Promise<number[]> {
  const tokenizer = loaded.get(model) ?? Tokenizer.fromString(model);
  loaded.set(model, tokenizer);
  const encodings = await tokenizer.encodeBatch([...words]);
  return encodings.flatMap((encoding) => encoding.getIds());
}

/** The file that MidiTok saves for a tokenizer of this configuration with this model. */
export function trainedFile(config: TokenizerConfig, model: string): string {
  const [column] = createTokenizer(config).vocabulary.columns;
  const tokens = column?.tokens ?? [];
  const parts = {
    _vocab_base: Object.fromEntries(tokens.map((token, id) => [token, id])),
    _model: model,
    _vocab_base_byte_to_token: Object.fromEntries(tokens.map((token, id) => [characterOf(id), token])),
  };
  return createTokenizer(config)
    .toJson()
    .replace(/\}\s*$/, `, ${JSON.stringify(parts).slice(1)}`);
}

export function characterOf(id: number): string {
  return String.fromCharCode(id + 33);
}

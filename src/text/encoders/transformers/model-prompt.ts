import { join } from 'node:path';
import { ConfigError } from '../../../errors.ts';
import { type ModelModule, PROMPTS_FILE } from '../../model-modules.ts';
import { readModelObject } from '../../read-model-json.ts';

/**
 * What is put before each text: `asked`, else the prompt that sentence-transformers takes where nobody names one
 * (`default_prompt_name` in `config_sentence_transformers.json`); empty where there is none.
 *
 * @throws ConfigError `model_invalid` where it is not among the prompts; `model_unsupported` where the pooling leaves its tokens out.
 */
export async function readModelPrompt(
  directory: string,
  modules: readonly ModelModule[] | undefined,
  asked: string | undefined,
): Promise<string> {
  const prompt = asked ?? (await defaultPrompt(directory));
  const pooling = modules?.find(({ kind }) => kind === 'Pooling')?.path ?? '1_Pooling';
  const { include_prompt: isIncluded } = await readModelObject(join(directory, pooling, 'config.json'));
  if (prompt !== '' && isIncluded === false) {
    throw new ConfigError(
      'model_unsupported',
      `${join(directory, pooling, 'config.json')} leaves what is put before a text ("${prompt}") out of the pooling (include_prompt), ` +
        'which is not done here: the vectors would be others. Take another model, or --text_prefix "" for none',
    );
  }
  return prompt;
}

async function defaultPrompt(directory: string): Promise<string> {
  const file = join(directory, PROMPTS_FILE);
  const { default_prompt_name: name, prompts } = await readModelObject(file);
  if (name === undefined || name === null) return '';
  const prompt = promptOf(prompts, name);
  if (prompt === undefined) {
    throw new ConfigError(
      'model_invalid',
      `${file} names the default prompt ${JSON.stringify(name)}, and has none of that name`,
    );
  }
  return prompt;
}

function promptOf(prompts: unknown, name: unknown): string | undefined {
  if (typeof name !== 'string' || typeof prompts !== 'object' || prompts === null) return undefined;
  const prompt: unknown = Object.entries(prompts).find(([key]) => key === name)?.[1];
  return typeof prompt === 'string' ? prompt : undefined;
}

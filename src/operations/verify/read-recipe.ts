import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a data set says of itself. */
export interface RecipeFacts {
  /** Whether pairs may be missing. */
  readonly partial: boolean;
  readonly rows: number | undefined;
  /** Whether a row is a window, so that pairs have several. */
  readonly hasRowPerWindow: boolean;
  readonly formats: readonly string[];
  /** Whether tokens are those of AMT, whose times go on beyond the vocabulary. */
  readonly areArrivals: boolean;
}

/** What is absent or damaged, which the checksums tell, says nothing. */
export async function readRecipe(dataset: string): Promise<RecipeFacts> {
  const recipe = mapOf(await readJson(join(dataset, 'recipe.json')));
  const { formats, rows = mapOf(recipe.pairs).rows, row_per_window: hasRowPerWindow } = mapOf(recipe.output);
  const tokenization = mapOf(recipe.midi)['tokenizer.tokenization'];
  return {
    areArrivals: tokenization === 'AMT',
    partial: recipe.partial === true,
    rows: typeof rows === 'number' ? rows : undefined,
    hasRowPerWindow: hasRowPerWindow === true,
    formats: Array.isArray(formats) ? formats.map(String) : [],
  };
}

/** Sizes of the vocabulary, one a column of compound tokens. */
export async function readVocabularySizes(dataset: string): Promise<readonly number[] | undefined> {
  const vocabulary = await readJson(join(dataset, 'vocabulary.json'));
  if (vocabulary === undefined) return undefined;
  const columns: readonly unknown[] = Array.isArray(vocabulary) ? vocabulary : [vocabulary];
  return columns.map((column) =>
    Object.values(mapOf(column)).reduce<number>((size, id) => Math.max(size, Number(id) + 1), 0),
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

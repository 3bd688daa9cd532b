import { canonicalJson, type JsonObject } from '../checkpoint/json.ts';
import type { OutputFormat } from './writers/output-format.ts';

export interface RecipeInput {
  /** What the caller knows: program version, options that affect results, tokenizer, encoder, plan hash. */
  readonly recipe: JsonObject;
  readonly formats: readonly OutputFormat[];
  readonly shardSizeBytes: number;
  readonly partial: boolean;
  readonly pairs: { readonly total: number; readonly rows: number; readonly failed: number; readonly pending: number };
}

/** The text of `recipe.json`: everything needed to make the data set again, with sorted keys; no clock, host or path of the run. */
export function recipeText({ recipe, formats, shardSizeBytes, partial, pairs }: RecipeInput): string {
  return jsonText({
    ...recipe,
    format: 'midiloom-recipe',
    version: 1,
    partial,
    pairs,
    output: { formats, shard_size_bytes: shardSizeBytes },
  });
}

/** Readable JSON with sorted keys. */
export function jsonText(value: JsonObject): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`;
}

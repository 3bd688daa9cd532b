import { canonicalJson, type JsonObject } from '../checkpoint/json.ts';
import type { CurationOptions } from './curation.ts';
import type { TokenShape } from './token-cell.ts';
import type { RowsInput } from './write-rows.ts';
import type { OutputFormat } from './writers/output-format.ts';

export interface RecipeInput {
  /** What the caller knows: program version, options that affect results, tokenizer, encoder, plan hash. */
  readonly recipe: JsonObject;
  readonly formats: readonly OutputFormat[];
  readonly shardSizeBytes: number;
  readonly partial: boolean;
  readonly curation: CurationOptions;
  readonly license?: string | undefined;
  readonly tokens: Pick<TokenShape, 'hasRowPerWindow'>;
  readonly packing?: RowsInput['packing'];
  readonly pairs: PairsOfDataset;
  /** Rows that were written: more than of pairs where each window is one. */
  readonly rows: number;
}

/** Each pair is counted once. */
export interface PairsOfDataset {
  readonly total: number;
  readonly rows: number;
  readonly failed: number;
  readonly pending: number;
  /** Rejected by a filter. */
  readonly rejected: number;
  /** Left out because a copy is a row. */
  readonly dropped: number;
}

/** The text of `recipe.json`: everything needed to make the data set again, with sorted keys; no clock, host or path of the run. */
export function recipeText(input: RecipeInput): string {
  const { recipe, formats, shardSizeBytes, partial, curation, license, tokens, packing, pairs, rows } = input;
  return jsonText({
    ...recipe,
    format: 'midiloom-recipe',
    version: 1,
    partial,
    pairs: { ...pairs },
    curation: {
      splits: curation.splits.map(({ name, share }) => ({ name, share })),
      seed: curation.seed,
      dedupe: curation.dedupe,
      filters: curation.filters.map(({ name }) => name),
      ...(curation.keptSplits === undefined ? {} : { kept_splits: [...curation.keptSplits] }),
    },
    output: {
      formats,
      shard_size_bytes: shardSizeBytes,
      ...(license === undefined ? {} : { license }),
      ...(tokens.hasRowPerWindow === true ? { row_per_window: true, rows } : {}),
      ...(formats.includes('packed') ? { packing: packingFacts(packing) } : {}),
    },
  });
}

function packingFacts({ begin, end, pad }: NonNullable<RowsInput['packing']> = {}): JsonObject {
  return { begin: begin ?? null, end: end ?? null, pad: pad === undefined ? null : { ...pad } };
}

/** Readable JSON with sorted keys. */
export function jsonText(value: JsonObject): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`;
}

/** Tokens of one type that follow one another in a vocabulary, `Pitch_21` to `Pitch_109`. */
export interface TokenBlock {
  readonly type: string;
  readonly values: readonly (string | number)[];
}

/** The ids of one column: consecutive from 0, block after block. */
export class VocabularyColumn {
  /** By id. */
  readonly tokens: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #blocks = new Map<string, { readonly first: number; readonly count: number }>();

  constructor(specials: readonly string[], blocks: readonly TokenBlock[]) {
    const tokens = [...specials];
    for (const { type, values } of blocks) {
      this.#blocks.set(type, { first: tokens.length, count: values.length });
      for (const value of values) tokens.push(`${type}_${value}`);
    }
    this.tokens = tokens;
    this.#ids = new Map(tokens.map((token, id) => [token, id]));
  }

  idOf(token: string): number | undefined {
    return this.#ids.get(token);
  }

  /** Where the tokens of a type are; `undefined` where the column has none. */
  blockOf(type: string): { readonly first: number; readonly count: number } | undefined {
    return this.#blocks.get(type);
  }
}

/** All tokens of a tokenizer. One column for plain tokens, one a part for compound ones (CPWord, Octuple). */
export class Vocabulary {
  readonly columns: readonly VocabularyColumn[];
  /** The token of a trained model that stands for whatever it cannot say. */
  readonly unknownId: number | undefined;

  constructor(columns: readonly VocabularyColumn[], unknownId?: number) {
    this.columns = columns;
    this.unknownId = unknownId;
  }

  /** Id of the first token of a type, in the column that has it; `undefined` where none does. */
  firstId(type: string): number | undefined {
    for (const column of this.columns) {
      const block = column.blockOf(type);
      if (block !== undefined) return block.first;
    }
    return undefined;
  }

  /** Ids by token in order of id, as MidiTok's `vocab`: one object, or a list of them for compound tokens. */
  toJson(): Readonly<Record<string, number>> | readonly Readonly<Record<string, number>>[] {
    const maps = this.columns.map((column) => Object.fromEntries(column.tokens.map((token, id) => [token, id])));
    const [only] = maps;
    return maps.length === 1 && only !== undefined ? only : maps;
  }
}

/** Tokens of one type that follow one another in a vocabulary, `Pitch_21` to `Pitch_109`. */
export interface TokenBlock {
  readonly type: string;
  readonly values: readonly (string | number)[];
}

/** In place of an id: no token. Ids are below it. */
export const NO_TOKEN = 0xffff;

/** The ids of one column: consecutive from 0, block after block. A token that is there already is not numbered again. */
export class VocabularyColumn {
  /** By id. */
  readonly tokens: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;

  constructor(specials: readonly string[], blocks: readonly TokenBlock[]) {
    const tokens = blocks.flatMap(({ type, values }) => values.map((value) => `${type}_${value}`));
    this.tokens = [...new Set([...specials, ...tokens])];
    this.#ids = new Map(this.tokens.map((token, id) => [token, id]));
  }

  idOf(token: string): number | undefined {
    return this.#ids.get(token);
  }
}

/** All tokens of a tokenizer. One column for plain tokens, one a part for compound ones (CPWord, Octuple, MuMIDI). */
export class Vocabulary {
  readonly columns: readonly VocabularyColumn[];
  /** The token of a trained model that stands for whatever it cannot say. */
  readonly unknownId: number | undefined;

  constructor(columns: readonly VocabularyColumn[], unknownId?: number) {
    this.columns = columns;
    this.unknownId = unknownId;
  }

  /** Id of a token in the column that has it; `NO_TOKEN` where none does. */
  idOf(token: string): number {
    for (const column of this.columns) {
      const id = column.idOf(token);
      if (id !== undefined) return id;
    }
    return NO_TOKEN;
  }

  /** Ids of the tokens of a type by place in `values`. */
  idsOf(type: string, values: readonly (string | number)[]): Uint16Array {
    return Uint16Array.from(values, (value) => this.idOf(`${type}_${value}`));
  }

  /** The column that has a token; -1 where none does. */
  columnOf(token: string): number {
    return this.columns.findIndex((column) => column.idOf(token) !== undefined);
  }

  /** Ids by token in order of id, as MidiTok's `vocab`: one object, or a list of them for compound tokens. */
  toJson(): Readonly<Record<string, number>> | readonly Readonly<Record<string, number>>[] {
    const maps = this.columns.map((column) => Object.fromEntries(column.tokens.map((token, id) => [token, id])));
    const [only] = maps;
    return maps.length === 1 && only !== undefined ? only : maps;
  }
}

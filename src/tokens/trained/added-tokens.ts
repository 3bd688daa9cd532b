/** What a `tokenizer.json` of Hugging Face adds to a model: texts that are tokens wherever they occur. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  /** Looked for before all others. */
  readonly normalized: boolean;
}

/**
 * Makes the function that calls `onToken` for each added token in a text and `onText` for what is between them, in order;
 * of tokens that begin at one place the longest is found. MidiTok adds its special tokens: in a stream they occur where
 * the tokenization writes them (MMM's beginning and end of a track).
 */
export function addedTokenSplitter(
  tokens: readonly AddedToken[],
): (text: string, onToken: (id: number) => void, onText: (text: string) => void) => void {
  const passes = [false, true]
    .map((normalized) => tokens.filter((token) => token.normalized === normalized))
    .filter((list) => list.length > 0)
    .map(passOf);
  const split = (text: string, pass: number, onToken: (id: number) => void, onText: (text: string) => void): void => {
    const one = passes[pass];
    if (one === undefined) {
      if (text !== '') onText(text);
      return;
    }
    let from = 0;
    for (const match of text.matchAll(one.pattern)) {
      split(text.slice(from, match.index), pass + 1, onToken, onText);
      onToken(one.ids.get(match[0]) ?? 0);
      from = match.index + match[0].length;
    }
    split(from === 0 ? text : text.slice(from), pass + 1, onToken, onText);
  };
  return (text, onToken, onText) => split(text, 0, onToken, onText);
}

function passOf(tokens: readonly AddedToken[]): {
  readonly pattern: RegExp;
  readonly ids: ReadonlyMap<string, number>;
} {
  const longestFirst = tokens.map(({ content }) => content).sort((a, b) => b.length - a.length);
  return {
    pattern: new RegExp(longestFirst.map(escaped).join('|'), 'gu'),
    ids: new Map(tokens.map(({ content, id }) => [content, id])),
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/gu, (character) => (character === '-' ? '\\x2d' : `\\${character}`));
}

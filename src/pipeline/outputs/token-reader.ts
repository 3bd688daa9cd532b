import { messageOf } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { TokenReader } from '../../report/token-reader.ts';
import { createTokenizer } from '../../tokens/create-tokenizer.ts';
import { joinWindows } from '../../tokens/join-windows.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';

/** Reads token ids for the report's pictures and its player. */
export function tokenReader(config: TokenizerConfig, log: Log): TokenReader {
  const tokenizer = createTokenizer(config);
  const { columns } = tokenizer.vocabulary;
  return {
    decode(tokens) {
      try {
        return tokenizer.decode({ ...tokens, streams: joinWindows(tokens) });
      } catch (error) {
        log('warning', 'tokens of a row cannot be drawn', () => ({ error: messageOf(error) }));
        return undefined;
      }
    },
    textOf({ streams, columns: width }, count) {
      const ids = [...(streams[0]?.subarray(0, count * width) ?? [])];
      const texts = ids.map((id, at) => columns[at % width]?.tokens[id] ?? '');
      return Array.from({ length: Math.floor(texts.length / width) }, (_, row) =>
        texts
          .slice(row * width, (row + 1) * width)
          .join(' ')
          .trimEnd(),
      );
    },
  };
}

import type { Random } from './random.ts';

/** A token, or a row of them. */
export type Token = number | readonly number[];

/** Streams as a model could generate them: tokens lost, doubled, swapped, made up, and streams cut short. */
export function mangle(random: Random, streams: readonly (readonly Token[])[], sizes: readonly number[]): Token[][] {
  const anyToken = (): Token => {
    const ids = sizes.map((size) => random.int(0, size - 1));
    return ids.length === 1 ? (ids[0] ?? 0) : ids;
  };
  const rate = random.pick([0.01, 0.05, 0.3]);
  return streams.map((stream) => {
    if (random.chance(0.1)) return random.many(random.int(0, 60), anyToken);
    const tokens = stream.flatMap((token): Token[] => {
      if (!random.chance(rate)) return [token];
      return random.pick<() => Token[]>([
        () => [],
        () => [token, token],
        () => [anyToken()],
        () => [oneIdOther(random, token, sizes)],
      ])();
    });
    for (let at = 0; at + 1 < tokens.length; at += 1) {
      const [one, other] = [tokens[at], tokens[at + 1]];
      if (one !== undefined && other !== undefined && random.chance(rate / 4)) tokens.splice(at, 2, other, one);
    }
    return random.chance(0.2) ? tokens.slice(0, random.int(0, tokens.length)) : tokens;
  });
}

function oneIdOther(random: Random, token: Token, sizes: readonly number[]): Token {
  if (typeof token === 'number') return random.int(0, (sizes[0] ?? 1) - 1);
  const place = random.int(0, sizes.length - 1);
  return token.map((id, column) => (column === place ? random.int(0, (sizes[column] ?? 1) - 1) : id));
}

import { CAPTION_WORDS } from './caption-words.ts';
import type { ModelFamily } from './model-family.ts';

const OTHER_SCRIPTS = '钢琴音乐的一首歌موسيقىبيانو';

/** WordPiece vocabulary with the special tokens of a family: id by piece. What the captions do not need is filled with `[unused…]`, as in BERT's own. */
export function wordPieceVocabulary(size: number, { tokens }: ModelFamily): ReadonlyMap<string, number> {
  const ascii = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter(
    (sign) => !/[A-Z]/.test(sign),
  );
  const letters = [...ascii, ...OTHER_SCRIPTS];
  const pieces = new Set([...letters, ...letters.map((letter) => `##${letter}`), ...CAPTION_WORDS]);
  const vocabulary = new Map<string, number>([...Object.values(tokens)]);
  const special = new Set(vocabulary.values());
  const next = pieces.values();
  for (let id = 0; id < size; id++) {
    if (!special.has(id)) vocabulary.set(next.next().value ?? `[unused${id}]`, id);
  }
  if (next.next().done !== true) throw new RangeError(`${size} ids do not hold the ${pieces.size} pieces`);
  return new Map([...vocabulary].sort(([, a], [, b]) => a - b));
}

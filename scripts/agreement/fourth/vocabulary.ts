import { keyWords } from './keys.ts';
import type { Vocabulary } from './markup.ts';
import { paceWords } from './paces.ts';
import { soundWords } from './sounds.ts';
import { surroundings } from './surroundings.ts';
import { timeWords } from './times.ts';

/** All tokens that shapes may use. */
export const vocabulary: Vocabulary = { ...keyWords, ...timeWords, ...paceWords, ...soundWords, ...surroundings };

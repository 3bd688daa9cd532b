import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { faultsOf } from './marked-caption.ts';

/** Written before anybody knew what is made of them, of a style after each "#"; marked as in `faultsOf`. */
const ROUNDS = readFileSync(new URL('rounds-of-captions.txt', import.meta.url), 'utf8')
  .split(/^# /m)
  .slice(1);

it.each(ROUNDS.map((round) => round.trim().split('\n')))('captions of the style %s', (_style, ...captions) => {
  const faults = captions.flatMap((caption) => faultsOf(caption).map((fault) => `${fault} << ${caption}`));
  expect(captions.length).toBeGreaterThan(10);
  expect(faults).toEqual([]);
});

/**
 * Runs every rig in its full form and prints the table of `docs/reliability.md`.
 *
 *     npm run test:crash                      (all, in full)
 *     npm run test:crash -- --share 0.02      (a short form)
 *     npm run test:crash -- --seed 7
 */
import { parseArgs } from 'node:util';
import { killStormWithEqualOptions, killStormWithOtherOptions } from './kill-storm.ts';
import { mutatedSegments } from './mutated-segments.ts';
import type { Rig } from './rig.ts';

const RIGS: readonly Rig[] = [killStormWithEqualOptions, killStormWithOtherOptions, mutatedSegments];

const { values } = parseArgs({ options: { share: { type: 'string' }, seed: { type: 'string' } } });
const size = { share: Number(values.share ?? 1), seed: Number(values.seed ?? 1) };
console.log(`seed ${size.seed}, share ${size.share}\n`);
console.log('| fault | tried | found |\n|---|---|---|');
for (const rig of RIGS) {
  const { fault, tried, found } = await rig(size);
  console.log(`| ${fault} | ${tried} | ${found} |`);
  if (found !== 'nothing') process.exitCode = 1;
}

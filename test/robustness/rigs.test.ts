/** The short form of the rigs that are cheap; `npm run test:crash` runs all of them in full. */
import { expect, it } from 'vitest';
import { closedOutput } from './closed-output.ts';
import { lockRaces } from './lock-races.ts';
import { mutatedSegments } from './mutated-segments.ts';
import { foundText, type Rig } from './rig.ts';
import { secondSignal } from './second-signal.ts';

it.each<readonly [string, Rig]>([
  ['no mutated segment is accepted', mutatedSegments],
  ['of runs that race for one directory exactly one begins', lockRaces],
  ['a second signal stops a run at once, and nothing is lost', secondSignal],
  ['a reader of the output that goes away does not end the run', closedOutput],
])('%s', async (_, rig) => {
  const report = await rig({ share: 0.01, seed: 1 });
  expect(foundText(report), `seed 1: ${report.tried}`).toBe('nothing');
});

/**
 * Runs every rig in its full form and prints the table of `docs/reliability.md`.
 *
 *     npm run test:crash                      (all, in full)
 *     npm run test:crash -- --share 0.02      (a short form)
 *     npm run test:crash -- --seed 7
 *     npm run test:crash -- --only clock      (the rigs whose name has this in it)
 */
import { parseArgs } from 'node:util';
import { clockJumps } from './clock-jumps.ts';
import { closedOutput } from './closed-output.ts';
import { fullDisk } from './full-disk.ts';
import { killStormWithEqualOptions, killStormWithOtherOptions } from './kill-storm.ts';
import { killedUpdate } from './killed-update.ts';
import { lockRaces } from './lock-races.ts';
import { mutatedSegments } from './mutated-segments.ts';
import { faultyWritersOnExt4, faultyWritersOnXfs, powerCutOnExt4, powerCutOnXfs } from './power-cut.ts';
import { foundText, type Rig } from './rig.ts';
import { secondSignal } from './second-signal.ts';
import { soak } from './soak.ts';
import { inputOutputErrors, killedAtCalls, noSpaceErrors } from './system-call-faults.ts';
import { updateAfterEdits } from './update-edits.ts';

const RIGS: Readonly<Record<string, Rig>> = {
  'kill-storm': killStormWithEqualOptions,
  'kill-storm-other-options': killStormWithOtherOptions,
  'mutated-segments': mutatedSegments,
  'calls-kill': killedAtCalls,
  'calls-eio': inputOutputErrors,
  'calls-enospc': noSpaceErrors,
  'full-disk': fullDisk,
  'power-ext4': powerCutOnExt4,
  'power-xfs': powerCutOnXfs,
  'power-faulty-ext4': faultyWritersOnExt4,
  'power-faulty-xfs': faultyWritersOnXfs,
  'lock-races': lockRaces,
  'second-signal': secondSignal,
  'closed-output': closedOutput,
  'clock-jumps': clockJumps,
  'update-edits': updateAfterEdits,
  'update-killed': killedUpdate,
  soak,
};

const { values } = parseArgs({
  options: { share: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string', default: '' } },
});
const size = { share: Number(values.share ?? 1), seed: Number(values.seed ?? 1) };
console.log(`seed ${size.seed}, share ${size.share}\n`);
console.log('| fault | tried | found |\n|---|---|---|');
for (const [name, rig] of Object.entries(RIGS)) {
  if (!name.includes(values.only)) continue;
  const report = await rig(size);
  console.log(`| ${report.fault} | ${report.tried} | ${foundText(report)} |`);
  if (report.problems.length > 0) process.exitCode = 1;
}

/**
 * Packs midiloom, installs it as a user does, in empty folders with nothing but the registry, and works with it there: `npm run
 * check:package [-- --quick]`. Prints what it measured; ends with exit 1 and what was wrong. `--quick` leaves out other versions of
 * Node.js and the runtime of text models, which are downloads of 600 MB.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCallers } from './package/check-callers.ts';
import { checkExamplesHere } from './package/check-examples-here.ts';
import { checkInstall } from './package/check-install.ts';
import { checkNodeVersions } from './package/check-node-versions.ts';
import { checkTarball } from './package/check-tarball.ts';
import { checkTextRuntime } from './package/check-text-runtime.ts';
import { checkWithoutNetwork } from './package/check-without-network.ts';

const isQuick = process.argv.includes('--quick');
const folder = mkdtempSync(join(tmpdir(), 'midiloom-package-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

checkExamplesHere(join(folder, 'examples'));
const tarball = checkTarball(folder);
const project = checkInstall(join(folder, 'project'), tarball);
checkWithoutNetwork(join(folder, 'no-network'), tarball);
checkCallers(project);
if (!isQuick) {
  checkNodeVersions(project);
  checkTextRuntime(project);
}

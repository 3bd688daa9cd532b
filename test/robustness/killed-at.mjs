/**
 * Preloaded into a run (`node --import`): kills it just before its n-th change to a directory (a file that is created, linked, renamed or
 * removed), as MIDILOOM_TEST_KILL_AT says; with 0 it says at the end how many there were, in the file MIDILOOM_TEST_COUNT.
 */
import { constants, writeFileSync } from 'node:fs';
import disk from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env.MIDILOOM_TEST_KILL_AT);
let calls = 0;

function count() {
  calls++;
  if (calls === at) process.kill(process.pid, 'SIGKILL');
}

for (const name of ['link', 'rename', 'unlink', 'mkdir', 'rmdir']) {
  const real = disk[name];
  disk[name] = (...args) => {
    count();
    return real(...args);
  };
}
const { open } = disk;
disk.open = (path, flags, mode) => {
  if (typeof flags === 'number' && (flags & constants.O_CREAT) !== 0) count();
  return open(path, flags, mode);
};

if (at === 0) process.on('exit', () => writeFileSync(process.env.MIDILOOM_TEST_COUNT, String(calls)));

// What the program imports by name from here on is the above.
syncBuiltinESMExports();

/**
 * Preloaded into a run (`node --import`): makes its disk slow, so that a power cut finds it in the middle of a save, and
 * its writer faulty as MIDILOOM_TEST_WRITER says. `sound` only makes it slow.
 */
import { constants } from 'node:fs';
import disk from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const real = { ...disk };
const writer = process.env.MIDILOOM_TEST_WRITER;
/** A file that is written in place is only in danger while it is: that is made as long as it takes to be met. */
const slowness = writer === 'checkpoints written in place' ? 5 : 1;
const slowly = () => pause((2 + Math.random() * 12) * slowness);

const isSegment = (path) => /segment-\d+\.msgpack(\.tmp)?$/.test(path);
const isCheckpoint = (path) => /_checkpoint\.json(\.tmp)?$/.test(path);
const withoutTmp = (path) => path.replace(/\.tmp$/, '');

/** Whether this writer leaves out the fsync of what is opened here. */
function skipsSync(path, flags) {
  if (writer === 'no fsync of segments') return isSegment(path);
  if (writer === 'no fsync of checkpoints') return isCheckpoint(path);
  if (writer === 'no fsync of directories') return (flags & constants.O_DIRECTORY) !== 0;
  return false;
}

disk.open = async (path, flags, mode) => {
  const inPlace = writer === 'checkpoints written in place' && isCheckpoint(path) && path.endsWith('.tmp');
  const handle = inPlace
    ? await real.open(withoutTmp(path), constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, mode)
    : await real.open(path, flags, mode);
  const write = handle.write.bind(handle);
  handle.write = async (...args) => {
    if (isCheckpoint(path)) await slowly();
    return write(...args);
  };
  const sync = handle.sync.bind(handle);
  handle.sync = async () => {
    await slowly();
    if (!skipsSync(path, flags)) await sync();
  };
  return handle;
};

/** Renames of segments that wait for the checkpoint that names them. */
const waiting = [];

disk.rename = async (from, to) => {
  if (writer === 'checkpoints written in place' && isCheckpoint(to)) return;
  if (writer === 'checkpoint before its segment' && isSegment(to)) {
    waiting.push([from, to]);
    return;
  }
  await real.rename(from, to);
  if (writer !== 'checkpoint before its segment' || !isCheckpoint(to)) return;
  await syncDirectory(dirname(to));
  await slowly();
  for (const [segment, name] of waiting.filter(([, name]) => dirname(name) === to.replace(/json$/, 'd'))) {
    waiting.splice(
      waiting.findIndex(([, other]) => other === name),
      1,
    );
    await real.rename(segment, name);
    await syncDirectory(dirname(name));
  }
};

// What the program imports by name from here on is the above.
syncBuiltinESMExports();

async function syncDirectory(directory) {
  const handle = await real.open(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  await handle.sync();
  await handle.close();
}

import { Consumer } from './consumer.ts';
import { mainJob } from './main-job.ts';

/**
 * Installs the package for the whole machine, from npm's cache, where no network can be reached: an install script that needs one
 * would fail, or a binary be missing, which the cache would not work without. Linux only.
 */
export function checkWithoutNetwork(folder: string, tarball: string): void {
  const machine = new Consumer(folder);
  if (machine.try('unshare -rn true').status !== 0) {
    console.log('without a network: not tried, for it cannot be taken away here');
    return;
  }
  machine.run(`unshare -rn npm i -g --offline --prefix ${folder} ${tarball}`);
  const midiloom = `unshare -rn ${machine.path('bin', 'midiloom')}`;
  const samples = machine.path('lib', 'node_modules', 'midiloom', 'data', 'pairs.jsonl');
  const { completed } = mainJob(machine, midiloom, samples, '--text_encoder hashing --use_cache --cache_dir cache');
  const { entries }: { readonly entries: number } = JSON.parse(
    machine.run(`${midiloom} cache info --json --cache_dir cache`).stdout,
  );
  if (entries < completed) throw new Error(`the cache holds ${entries} results of ${completed} pairs`);
  console.log(`npm i -g without a network: ${completed} pairs done, ${entries} results in the cache`);
}

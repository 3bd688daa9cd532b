import type { Consumer } from './consumer.ts';
import { mainJob } from './main-job.ts';

const SAMPLES = 'node_modules/midiloom/data/pairs.jsonl';
/** The oldest that is promised, and the newest of each that is maintained. */
const VERSIONS = ['20.15', '22', '24'];

/** Does the main job by each Node.js, from npm's own package of it: the data sets must be the same. */
export function checkNodeVersions(project: Consumer): void {
  const sums = new Map<string, string>();
  for (const version of VERSIONS) {
    const node = `npx --yes -p node@${version} node`;
    const midiloom = `${node} node_modules/midiloom/dist/cli/main.js`;
    const job = mainJob(project, midiloom, SAMPLES, '--text_encoder hashing --use_cache --cache_dir cache');
    const name = project.run(`${node} -v`).stdout.trim();
    sums.set(name, job.sums);
    project.write('require.cjs', "console.log(typeof require('midiloom').processPairs);\n");
    const required = version === VERSIONS[0] ? 'import() only' : project.run(`${node} require.cjs`).stdout.trim();
    console.log(`Node.js ${name}: ${job.completed} pairs done; require('midiloom'): ${required}`);
  }
  if (new Set(sums.values()).size > 1) throw new Error(`other data sets by ${[...sums.keys()].join(', ')}`);
}

/**
 * The main job as a library. Run it in the repository after `npm run build`:
 *
 *     npx tsx examples/process-pairs.ts data/pairs.jsonl example-output
 */
import { processPairs } from 'midiloom';

const [inputFile = 'data/pairs.jsonl', outputDir = 'example-output'] = process.argv.slice(2);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

const result = await processPairs(
  { inputFile, outputDir, workers: 2, textEncoder: 'hashing', outputFormat: ['jsonl'] },
  {
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type === 'saved') console.error(`${event.stage}: ${event.progress.done} of ${event.progress.total}`);
    },
  },
);
console.log(`${result.completed} of ${result.total} pairs, ${result.failed} failed: ${result.dataset?.directory}`);

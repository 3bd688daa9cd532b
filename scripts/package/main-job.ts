import { readFileSync } from 'node:fs';
import type { Consumer } from './consumer.ts';

/** What came of the sample data. */
export interface MainJob {
  readonly completed: number;
  readonly failed: number;
  /** The checksums of its data set. */
  readonly sums: string;
}

let runs = 0;

/**
 * Runs the main job on the sample data that comes with the package.
 *
 * @param midiloom - how it is called.
 * @param samples - where the sample data is, for the consumer.
 */
export function mainJob(consumer: Consumer, midiloom: string, samples: string, flags: string): MainJob {
  const output = `run-${++runs}`;
  const { stdout } = consumer.run(
    `${midiloom} process --input_file ${samples} --output_dir ${output} --workers 2 --no_input --json ${flags}`,
  );
  const { status, completed, failed, total }: Summary = JSON.parse(stdout);
  // Four of the samples are made to fail.
  if (status !== 'complete' || failed !== 4 || completed !== total - failed) {
    throw new Error(`${midiloom} did not do the main job: ${stdout}`);
  }
  return { completed, failed, sums: readFileSync(consumer.path(output, 'dataset', 'SHA256SUMS'), 'utf8') };
}

interface Summary {
  readonly status: string;
  readonly completed: number;
  readonly failed: number;
  readonly total: number;
}

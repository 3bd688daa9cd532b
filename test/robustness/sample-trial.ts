import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliResult, runCli } from '../cli/run-cli.ts';
import { folderDigest } from '../folder-digest.ts';
import { sampleArguments } from '../pipeline/sample-run.ts';

/** A folder for one rig, and the run over the sample that nothing disturbed. */
export interface SampleTrial {
  readonly folder: string;
  /** How long the undisturbed run took. */
  readonly runMs: number;
  /** What is wrong with the data set of a run directory; `undefined` where it is byte-identical to the undisturbed one. */
  readonly difference: (outputDir: string) => string | undefined;
  /** Runs the sample to its end in this directory and says what is wrong, if anything. */
  readonly finish: (outputDir: string, ...more: string[]) => Promise<string | undefined>;
}

/** Gives a rig its folder, which goes away afterwards. */
export async function withSampleTrial<T>(work: (trial: SampleTrial) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-rig-'));
  try {
    const reference = join(folder, 'reference');
    const startedAt = performance.now();
    const undisturbed = await runCli(sampleArguments(reference));
    if (undisturbed.code !== 0) throw new Error(`the undisturbed run failed: ${endOf(undisturbed)}`);
    const runMs = performance.now() - startedAt;
    const expected = JSON.stringify(folderDigest(join(reference, 'dataset')));
    const difference = (outputDir: string): string | undefined =>
      JSON.stringify(folderDigest(join(outputDir, 'dataset'))) === expected ? undefined : 'another data set';
    const finish = async (outputDir: string, ...more: string[]): Promise<string | undefined> => {
      const result = await runCli(sampleArguments(outputDir, ...more));
      return result.code === 0 ? difference(outputDir) : endOf(result);
    };
    return await work({ folder, runMs, difference, finish });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How a run ended, in a line. */
export function endOf({ code, signal, stderr }: CliResult): string {
  return `${signal ?? `exit ${code}`}: ${stderr.trim().split('\n').at(-1) ?? ''}`;
}

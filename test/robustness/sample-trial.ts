import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliResult, runCli } from '../cli/run-cli.ts';
import { folderDigest } from '../folder-digest.ts';
import { sampleArguments } from '../pipeline/sample-run.ts';

/** A folder for one rig, and what is known of the run over the sample that nothing disturbs. */
export interface SampleTrial {
  readonly folder: string;
  /** How long the undisturbed run took. */
  readonly runMs: number;
  /** What is wrong with the data set of a run directory; `undefined` where it is byte-identical to the undisturbed one. */
  readonly difference: (outputDir: string) => string | undefined;
  /** Runs the sample to its end in this directory and says what is wrong, if anything. */
  readonly finish: (outputDir: string, ...more: string[]) => Promise<string | undefined>;
}

interface Undisturbed {
  readonly digest: string;
  readonly runMs: number;
}

/** By the options that decide the data set; one for all rigs of a process. */
const undisturbed = new Map<string, Promise<Undisturbed>>();

/** Gives a rig its folder, which goes away afterwards. @param options - of each run that decide its data set. */
export async function withSampleTrial<T>(
  work: (trial: SampleTrial) => Promise<T>,
  options: readonly string[] = [],
): Promise<T> {
  const known = undisturbed.get(options.join(' ')) ?? runUndisturbed(options);
  undisturbed.set(options.join(' '), known);
  const { digest, runMs } = await known;
  const difference = (outputDir: string): string | undefined =>
    digestOf(outputDir) === digest ? undefined : 'another data set';
  const finish = async (outputDir: string, ...more: string[]): Promise<string | undefined> => {
    const result = await runCli(sampleArguments(outputDir, ...options, ...more));
    return result.code === 0 ? difference(outputDir) : endOf(result);
  };
  return inFolder((folder) => work({ folder, runMs, difference, finish }));
}

/** How a run ended, in a line. */
export function endOf({ code, signal, stderr }: CliResult): string {
  return `${signal ?? `exit ${code}`}: ${stderr.trim().split('\n').at(-1) ?? ''}`;
}

function runUndisturbed(options: readonly string[]): Promise<Undisturbed> {
  return inFolder(async (folder) => {
    const startedAt = performance.now();
    const result = await runCli(sampleArguments(folder, ...options));
    if (result.code !== 0) throw new Error(`the undisturbed run failed: ${endOf(result)}`);
    return { digest: digestOf(folder), runMs: performance.now() - startedAt };
  });
}

function digestOf(outputDir: string): string {
  return JSON.stringify(folderDigest(join(outputDir, 'dataset')));
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-rig-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

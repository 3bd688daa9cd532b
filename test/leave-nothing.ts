import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs' own stores of what they compiled, which they use again. */
const KEPT = /^(tsx-\d+|node-compile-cache|\.?v8-compile-cache.*)$/;

const MEMORY = '/dev/shm';
const LEAST_MEMORY = 4 * 2 ** 30;

/** Gives all tests a temporary folder of their own, and fails where they leave something in it. */
export default function leaveNothing(): () => void {
  const folder = mkdtempSync(join(process.env.TMPDIR ?? inMemory() ?? tmpdir(), 'midiloom-tests-'));
  process.env.TMPDIR = folder;
  // For onnxruntime where a test has it from elsewhere, as from transformers.js; midiloom turns its telemetry off by itself.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  return () => {
    const left = readdirSync(folder).filter((name) => !KEPT.test(name));
    rmSync(folder, { recursive: true, force: true });
    if (left.length === 0) return;
    const shown = left.slice(0, 20).join(', ');
    process.exitCode = 1;
    throw new Error(`tests left ${left.length} things in the temporary folder: ${shown}`);
  };
}

/**
 * A file system in memory, where there is one with room: the program waits for the disk at each save, which is most of the
 * time of many tests. What a disk does is tried by `test/robustness`.
 */
function inMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > LEAST_MEMORY ? MEMORY : undefined;
  } catch {
    return undefined;
  }
}

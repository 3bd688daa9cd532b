import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs' own stores of what they compiled, which they use again. */
const KEPT = /^(tsx-\d+|node-compile-cache|\.?v8-compile-cache.*)$/;

/** Gives all tests a temporary folder of their own, and fails where they leave something in it. */
export default function leaveNothing(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-tests-'));
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

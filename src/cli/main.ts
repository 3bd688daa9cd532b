#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// V8 would let a heap of 30 MB grow to 120 MB before it looks for garbage: a long run would seem to leak. Once a flag is set it takes no
// compiled code from elsewhere: Node's own modules, here and in every thread that is started, would take three times as long to load.
setTimeout(() => setFlagsFromString('--heap-growing-percent=20'), 1000).unref();
// It makes nothing here faster, and takes as long to load as all of msgpackr.
process.env.MSGPACKR_NATIVE_ACCELERATION_DISABLED ??= 'true';

try {
  const [{ createProgram }, { runProgram }] = await Promise.all([import('./program.ts'), import('./run-program.ts')]);
  process.exitCode = await runProgram(createProgram, process.argv.slice(2));
} catch (error) {
  // What Node says of a file that it cannot open is a stack trace of its loader.
  if (!(error instanceof Error && 'code' in error && error.code === 'EMFILE')) throw error;
  process.stderr.write(`midiloom: cannot be loaded: ${error.message}; allow more open files (ulimit -n 1024)\n`);
  process.exitCode = 6;
}

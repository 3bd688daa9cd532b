#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { createProgram } from './program.ts';
import { runProgram } from './run-program.ts';

// V8 would let a heap of 30 MB grow to 120 MB before it looks for garbage, and a nursery to 48 MB in every thread: a long
// run would seem to leak. What a run makes dies young, so that small heaps cost it no time; `npm run bench` prints both.
setFlagsFromString('--heap-growing-percent=50');
setFlagsFromString('--semi-space-growth-factor=1');

process.exitCode = await runProgram(createProgram, process.argv.slice(2));

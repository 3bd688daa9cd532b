#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { createProgram } from './program.ts';
import { runProgram } from './run-program.ts';

// V8 would let a heap of 30 MB grow to 120 MB before it looks for garbage: a long run would seem to leak.
setFlagsFromString('--heap-growing-percent=20');

process.exitCode = await runProgram(createProgram, process.argv.slice(2));

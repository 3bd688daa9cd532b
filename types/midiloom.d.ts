/**
 * What `import … from 'midiloom'` means to the compiler in this repository: the source, so that types need no build. There is no such
 * module to run, so that programs get the built package by its name, as everywhere else.
 */
export * from '../src/index.ts';

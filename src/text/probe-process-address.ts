/**
 * The program that tries an execution provider. Like every address that a module finds by its own, it stands one folder
 * below the root of the package's code: the build joins modules in such a folder.
 */
export const PROBE_PROCESS = new URL('../worker/probe-process.js', import.meta.url);

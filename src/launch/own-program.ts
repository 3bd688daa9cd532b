import { join } from 'node:path';
import { ownPackage } from '../config/own-package.ts';

/** What runs this midiloom by this Node.js, in words: also on machines that have them at the same places. */
export function ownProgram(): readonly [string, string] {
  return [process.execPath, join(ownPackage().directory, 'dist', 'cli', 'main.js')];
}

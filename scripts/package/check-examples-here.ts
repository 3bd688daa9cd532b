import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Runs every example in TypeScript where it is, by the command that it begins with; `test/peers` runs those in Python. */
export function checkExamplesHere(folder: string): void {
  for (const name of readdirSync('examples').filter((file) => file.endsWith('.ts'))) {
    const path = join('examples', name);
    execFileSync('npx', ['tsx', path, 'data/pairs.jsonl', join(folder, name)], { stdio: ['ignore', 'ignore', 'pipe'] });
    console.log(`npx tsx ${path}: runs in the repository`);
  }
}

import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Runs every example where it is, by the command that it begins with. */
export function checkExamplesHere(folder: string): void {
  for (const name of readdirSync('examples')) {
    const path = join('examples', name);
    execFileSync('npx', ['tsx', path, 'data/pairs.jsonl', join(folder, name)], { stdio: ['ignore', 'ignore', 'pipe'] });
    console.log(`npx tsx ${path}: runs in the repository`);
  }
}

import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { OwnPackage } from './own-package.ts';

/**
 * How packages are added to where midiloom is installed. Without scripts: none is needed, and that of onnxruntime-node
 * fetches libraries for CUDA from outside the registry, and fails where it cannot.
 */
export function installCommand(
  { directory, version }: Omit<OwnPackage, 'tested'>,
  packages: readonly string[],
): string {
  const above = directory.lastIndexOf(`${sep}node_modules${sep}`);
  // A clone of the repository, whose lock file has them all.
  if (above === -1) return 'npm ci';
  if (directory.includes(`${sep}_npx${sep}`)) {
    const named = [`midiloom@${version}`, ...packages].map((name) => `-p ${name}`);
    return `npx --ignore-scripts ${named.join(' ')} midiloom`;
  }
  // pnpm keeps packages elsewhere, and asks before it runs a script.
  if (directory.includes(`${sep}.pnpm${sep}`)) return `pnpm add ${packages.join(' ')}`;
  const isGlobal = !existsSync(join(directory.slice(0, above), 'package.json'));
  return `npm i ${isGlobal ? '-g ' : ''}--ignore-scripts ${packages.join(' ')}`;
}

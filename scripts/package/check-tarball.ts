import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeLinks } from './readme-links.ts';

/** Of the type checker of packages, which brings a TypeScript of its own. */
const TYPES_CHECKER = '@arethetypeswrong/cli@0.18.5';

/** Packs what was built, and looks at what is in it. @returns the packed file */
export function checkTarball(folder: string): string {
  const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    encoding: 'utf8',
  });
  const [packed]: readonly Packed[] = JSON.parse(output);
  if (packed === undefined) throw new Error(`npm pack says nothing of a package: ${output}`);
  const files = new Set(packed.files.map(({ path }) => path));
  const lost = readmeLinks(readFileSync('README.md', 'utf8')).filter((path) => !files.has(path));
  if (lost.length > 0) throw new Error(`the README leads to files that are not packed: ${lost.join(', ')}`);
  console.log(
    `packed: ${megabytes(packed.size)} MB, ${megabytes(packed.unpackedSize)} MB unpacked, ${files.size} files`,
  );

  const tarball = join(folder, packed.filename);
  execFileSync('npx', ['publint', '--strict', tarball], { stdio: 'inherit' });
  execFileSync('npx', ['--yes', TYPES_CHECKER, '--quiet', '--profile', 'esm-only', tarball], { stdio: 'inherit' });
  console.log(`types for ES modules and bundlers: ${TYPES_CHECKER} finds no fault`);
  return tarball;
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

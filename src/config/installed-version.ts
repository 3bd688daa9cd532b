import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { codeOf } from '../errors.ts';

/**
 * The version of a package, from its package.json: loading the package to ask it takes about a second. `undefined` where it is
 * not installed.
 */
export function installedVersion(packageName: string): string | undefined {
  // Packages need not export their package.json, so it is looked for above what they do export.
  const entry = entryOf(packageName);
  if (entry === undefined) return undefined;
  let directory = dirname(entry);
  for (;;) {
    const file = join(directory, 'package.json');
    const content: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    if (isManifestOf(content, packageName)) return content.version;
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`${packageName} has no package.json`);
    directory = parent;
  }
}

function entryOf(packageName: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(packageName);
  } catch (error) {
    if (codeOf(error) === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function isManifestOf(content: unknown, packageName: string): content is { readonly version: string } {
  return (
    typeof content === 'object' &&
    content !== null &&
    'name' in content &&
    content.name === packageName &&
    'version' in content &&
    typeof content.version === 'string'
  );
}

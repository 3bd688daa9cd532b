import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The version of an installed package, from its package.json: loading the package to ask it takes about a second. */
export function installedVersion(packageName: string): string {
  // Packages need not export their package.json, so it is looked for above what they do export.
  let directory = dirname(createRequire(import.meta.url).resolve(packageName));
  for (;;) {
    const file = join(directory, 'package.json');
    const content: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    if (isManifestOf(content, packageName)) return content.version;
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`${packageName} has no package.json`);
    directory = parent;
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

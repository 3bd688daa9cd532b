import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What midiloom's own `package.json` says, and where it lies. */
export interface OwnPackage {
  readonly directory: string;
  readonly version: string;
  /** The versions of other packages that midiloom is tested with. */
  readonly tested: Readonly<Record<string, string>>;
}

let known: OwnPackage | undefined;

export function ownPackage(): OwnPackage {
  known ??= read();
  return known;
}

function read(): OwnPackage {
  const file = fileURLToPath(new URL('../../package.json', import.meta.url));
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isManifest(content)) throw new Error(`${file} has no version: install midiloom again`);
  const directory = fileURLToPath(new URL('../..', import.meta.url));
  return { directory, version: content.version, tested: content.devDependencies ?? {} };
}

function isManifest(
  content: unknown,
): content is { readonly version: string; readonly devDependencies?: Readonly<Record<string, string>> } {
  return typeof content === 'object' && content !== null && 'version' in content && typeof content.version === 'string';
}

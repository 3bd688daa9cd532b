import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** What npm runs when it installs it. */
  readonly installScript: string | undefined;
}

/** What npm put into a folder, from the note that it leaves there. */
export function installedPackages(folder: string): readonly InstalledPackage[] {
  const lock: Lock = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8'));
  return Object.entries(lock.packages).map(([path, { version, hasInstallScript }]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 13),
    version,
    installScript: hasInstallScript ? scriptOf(join(folder, path)) : undefined,
  }));
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly hasInstallScript?: boolean }>>;
}

function scriptOf(folder: string): string {
  const { scripts = {} }: { readonly scripts?: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return ['preinstall', 'install', 'postinstall'].flatMap((name) => scripts[name] ?? []).join('; ');
}

/** What a folder takes on the disk, in MB, as `du` counts. */
export function sizeOnDiskMb(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // Blocks are of 512 bytes whatever the file system.
    bytes += lstatSync(join(entry.parentPath, entry.name)).blocks * 512;
  }
  return bytes / 1e6;
}

import { basename } from 'node:path';
import type { ModelFolder } from './model-folder.ts';

/** Which model lies where. */
export type ModelPlace = Pick<ModelFolder, 'name' | 'revision' | 'directory'>;

/** A snapshot in the cache of the hub's own tools: `models--OWNER--NAME/snapshots/COMMIT`. */
const SNAPSHOT = /[/\\]models--([^/\\]+)[/\\]snapshots[/\\]([^/\\]+)$/;

/** What a folder on this machine is called: as on the hub where it is of the hub's cache, else by its own name. */
export function localPlace(directory: string): ModelPlace {
  const [, name, revision] = SNAPSHOT.exec(directory) ?? [];
  if (name === undefined) return { name: basename(directory), revision: undefined, directory };
  return { name: name.replaceAll('--', '/'), revision, directory };
}

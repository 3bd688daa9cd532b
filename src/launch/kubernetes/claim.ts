import { posix } from 'node:path';

/** A volume that outlives pods, and where it is mounted in them. */
export interface Claim {
  readonly name: string;
  readonly mountPath: string;
  readonly isReadOnly: boolean;
}

const FORM = /^(?<name>[a-z0-9]([a-z0-9.-]*[a-z0-9])?):(?<path>\/[^:\p{Cc}]*)(?<readOnly>:ro)?$/u;

/** `NAME:/path` or `NAME:/path:ro`; `undefined` for anything else. */
export function parseClaim(text: string): Claim | undefined {
  const { name, path, readOnly } = FORM.exec(text)?.groups ?? {};
  if (name === undefined || path === undefined) return undefined;
  return { name, mountPath: posix.normalize(path), isReadOnly: readOnly !== undefined };
}

/** Whether a path lies in a claim that can be written. */
export function isKept(path: string, claims: readonly Claim[]): boolean {
  const holders = claims.filter(({ mountPath }) => isWithin(posix.normalize(path), mountPath));
  const nearest = holders.sort((a, b) => b.mountPath.length - a.mountPath.length)[0];
  return nearest !== undefined && !nearest.isReadOnly;
}

function isWithin(path: string, folder: string): boolean {
  const away = posix.relative(folder, path);
  return away !== '..' && !away.startsWith('../');
}

/** Changes whenever the same text would get another vector. */
const VERSION = 1;

/** What `createHashingEncoder` says of itself. */
export function hashingIdentity({ dimensions }: { readonly dimensions: number }) {
  return { encoder: 'hashing', version: VERSION, dimensions } as const;
}

/** What is asked of a bucket. Errors are `StorageError`s in words (`s3-error.ts`); an object that is not there is none. */
export interface ObjectStore {
  /** An object, or the part of it that begins at `start`; of the version `etag`, where one is given. */
  read(key: string, range?: ByteRange, etag?: string): Promise<ReadObject | undefined>;
  facts(key: string): Promise<ObjectFacts | undefined>;
  /** Writes an object whole, if what is there is what the writer knows. Returns the new version. @throws `s3_conflict` */
  write(key: string, bytes: Uint8Array, known: Known): Promise<string>;
  /** For an object that is too large for memory: nothing is seen of it before it is complete. */
  writeInParts(key: string): Promise<PartsUpload>;
  /** The objects below a prefix, in the order of their keys; with a delimiter only the next level, folders as `key/`. */
  list(prefix: string, delimiter?: '/'): AsyncGenerator<ListedObject>;
  copy(from: string, to: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** Gives up what writers that are dead had begun to write in parts at a prefix, or one folder below. */
  abortParts(prefix: string): Promise<void>;
}

export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

export interface ObjectFacts {
  /** Of the whole object. */
  readonly sizeBytes: number;
  /** Another one for each content. */
  readonly etag: string;
  /** By the clock of the server, like `askedMs`. */
  readonly modifiedMs: number;
  /** When the server answered. */
  readonly askedMs: number;
}

export interface ReadObject extends ObjectFacts {
  readonly bytes: Uint8Array;
}

/** What a writer takes to be there: the version that it read or wrote last, or nothing. */
export type Known = { readonly etag: string } | 'absent';

export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
}

export interface PartsUpload {
  /** In order, each of at least 5 MiB but the last. */
  add(bytes: Uint8Array): Promise<void>;
  complete(known: Known): Promise<string>;
  abort(): Promise<void>;
}

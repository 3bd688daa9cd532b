/**
 * A file system in memory that can lose power, for trying thousands of crashes: what was not fsynced may be gone. It is
 * as pessimistic as POSIX allows a journalling file system to be: after a power cut a file has any mixture of what was
 * last fsynced and what was written since, and a directory has lost any number of its latest changes.
 */
import { constants } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { FileSystem, OpenFile } from '../../src/checkpoint/file-system.ts';

type Random = (below: number) => number;

class MemoryFile {
  readonly kind = 'file';
  data: Buffer = Buffer.alloc(0);
  durable: Buffer = Buffer.alloc(0);

  /** What the disk may hold after power was lost. */
  afterPowerCut(random: Random): Buffer {
    if (this.durable.equals(this.data)) return this.data;
    switch (random(4)) {
      case 0:
        return this.durable;
      case 1:
        return this.data;
      case 2:
        return this.data.subarray(0, random(this.data.length + 1));
      default: {
        const torn = Buffer.from(this.data);
        torn.fill(0, this.durable.length + random(Math.max(1, torn.length - this.durable.length)));
        return torn;
      }
    }
  }
}

class MemoryDirectory {
  readonly kind = 'directory';
  /** The entries as last fsynced, then after each change since. */
  states: ReadonlyMap<string, Node>[] = [new Map()];

  get entries(): ReadonlyMap<string, Node> {
    return this.states[this.states.length - 1] ?? new Map();
  }

  change(edit: (entries: Map<string, Node>) => void): void {
    const next = new Map(this.entries);
    edit(next);
    this.states.push(next);
  }
}

type Node = MemoryFile | MemoryDirectory;

/** The machine is off: every call after this fails, and none has an effect. */
export class PowerOff extends Error {}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

export class MemoryFileSystem implements FileSystem {
  readonly #root: MemoryDirectory;
  /** Calls made so far. */
  calls = 0;
  /** Asked before each call: what happens to it. */
  onCall: (call: number, name: string) => 'go' | 'die' | { readonly errno: string } = () => 'go';
  #dead = false;

  constructor(root = new MemoryDirectory()) {
    this.#root = root;
  }

  /** The same disk after the process was killed: the kernel still has everything. */
  afterKill(): MemoryFileSystem {
    return new MemoryFileSystem(this.#root);
  }

  /** The disk as it is, synced and unsynced, to be changed independently. */
  copy(): MemoryFileSystem {
    return new MemoryFileSystem(copied(this.#root, new Map()));
  }

  /** The same disk after the machine lost power. */
  afterPowerCut(random: Random): MemoryFileSystem {
    const files = new Map<MemoryFile, MemoryFile>();
    return new MemoryFileSystem(surviving(this.#root, random, files));
  }

  /** Contents of a file, for tests that damage it: not a call of the program. */
  peek(path: string): Buffer {
    const node = this.#find(path);
    if (node?.kind !== 'file') throw failure('ENOENT', path);
    return node.data;
  }

  poke(path: string, data: Buffer): void {
    const node = this.#find(path);
    if (node?.kind !== 'file') throw failure('ENOENT', path);
    node.data = data;
    node.durable = data;
  }

  async open(path: string, flags: number): Promise<OpenFile> {
    this.#call('open');
    const existing = this.#find(path);
    if ((flags & constants.O_CREAT) === 0) {
      if (existing === undefined) throw failure('ENOENT', path);
      return this.#handle(existing);
    }
    if (existing !== undefined) throw failure('EEXIST', path);
    const file = new MemoryFile();
    this.#parent(path).change((entries) => entries.set(basename(path), file));
    return this.#handle(file);
  }

  async link(existing: string, created: string): Promise<void> {
    this.#call('link');
    const node = this.#find(existing);
    if (node === undefined) throw failure('ENOENT', existing);
    if (this.#find(created) !== undefined) throw failure('EEXIST', created);
    this.#parent(created).change((entries) => entries.set(basename(created), node));
  }

  async rename(from: string, to: string): Promise<void> {
    this.#call('rename');
    const node = this.#find(from);
    if (node === undefined) throw failure('ENOENT', from);
    if (dirname(from) !== dirname(to)) throw failure('EXDEV', to);
    if (this.#find(to) === node) return;
    this.#parent(to).change((entries) => {
      entries.delete(basename(from));
      entries.set(basename(to), node);
    });
  }

  async unlink(path: string): Promise<void> {
    this.#call('unlink');
    if (this.#find(path) === undefined) throw failure('ENOENT', path);
    this.#parent(path).change((entries) => entries.delete(basename(path)));
  }

  async mkdir(path: string): Promise<void> {
    this.#call('mkdir');
    if (this.#find(path) !== undefined) throw failure('EEXIST', path);
    this.#parent(path).change((entries) => entries.set(basename(path), new MemoryDirectory()));
  }

  async rmdir(path: string): Promise<void> {
    this.#call('rmdir');
    const node = this.#find(path);
    if (node?.kind !== 'directory') throw failure('ENOENT', path);
    if (node.entries.size > 0) throw failure('ENOTEMPTY', path);
    this.#parent(path).change((entries) => entries.delete(basename(path)));
  }

  async readdir(path: string): Promise<string[]> {
    this.#call('readdir');
    const node = this.#find(path);
    if (node?.kind !== 'directory') throw failure('ENOENT', path);
    return [...node.entries.keys()];
  }

  #handle(node: Node): OpenFile {
    return {
      write: async (bytes, offset, length) => {
        this.#call('write');
        if (node.kind === 'directory') throw failure('EISDIR', '');
        // Short counts are legal at any time.
        const taken = length > 16 && this.calls % 3 === 0 ? length - 7 : length;
        node.data = Buffer.concat([node.data, bytes.subarray(offset, offset + taken)]);
        return { bytesWritten: taken };
      },
      read: async (bytes, offset, length, position) => {
        this.#call('read');
        if (node.kind === 'directory') throw failure('EISDIR', '');
        return { bytesRead: node.data.copy(bytes, offset, position, position + length) };
      },
      sync: async () => {
        this.#call('sync');
        if (node.kind === 'file') node.durable = node.data;
        else node.states = [node.entries];
      },
      stat: async () => {
        this.#call('stat');
        return { size: node.kind === 'file' ? node.data.length : 0, mtimeMs: 0, isFile: () => node.kind === 'file' };
      },
      close: async () => this.#call('close'),
    };
  }

  #call(name: string): void {
    if (this.#dead) throw new PowerOff();
    const fate = this.onCall(this.calls++, name);
    if (fate === 'go') return;
    if (fate !== 'die') throw failure(fate.errno, name);
    this.#dead = true;
    throw new PowerOff();
  }

  #find(path: string): Node | undefined {
    let node: Node | undefined = this.#root;
    for (const part of path.split('/').filter((name) => name !== '')) {
      node = node?.kind === 'directory' ? node.entries.get(part) : undefined;
    }
    return node;
  }

  #parent(path: string): MemoryDirectory {
    const parent = this.#find(dirname(path));
    if (parent?.kind !== 'directory') throw failure('ENOENT', path);
    return parent;
  }
}

function surviving(directory: MemoryDirectory, random: Random, files: Map<MemoryFile, MemoryFile>): MemoryDirectory {
  const state = directory.states[random(directory.states.length)] ?? new Map<string, Node>();
  const after = new MemoryDirectory();
  const entries = new Map<string, Node>();
  for (const [name, node] of state) {
    if (node.kind === 'directory') {
      entries.set(name, surviving(node, random, files));
      continue;
    }
    const file = files.get(node) ?? new MemoryFile();
    if (!files.has(node)) {
      file.data = file.durable = node.afterPowerCut(random);
      files.set(node, file);
    }
    entries.set(name, file);
  }
  after.states = [entries];
  return after;
}

function copied(directory: MemoryDirectory, files: Map<MemoryFile, MemoryFile>): MemoryDirectory {
  const copy = new MemoryDirectory();
  const directories = new Map<MemoryDirectory, MemoryDirectory>();
  copy.states = directory.states.map((entries) => {
    const nodes = [...entries].map(([name, node]): readonly [string, Node] => {
      if (node.kind === 'directory') {
        const known = directories.get(node) ?? copied(node, files);
        directories.set(node, known);
        return [name, known];
      }
      const file = files.get(node) ?? Object.assign(new MemoryFile(), { data: node.data, durable: node.durable });
      files.set(node, file);
      return [name, file];
    });
    return new Map(nodes);
  });
  return copy;
}

/** A small generator of reproducible random numbers (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type DiskKind = 'ext4' | 'xfs';

/** Sparse; mkfs.xfs refuses less than 300 MB. */
const IMAGE_SIZE: Readonly<Record<DiskKind, string>> = { ext4: '64M', xfs: '320M' };
/** Without the flush that ext4 does where a file replaces another, and a journal that is not committed on its own. */
const MOUNT_OPTIONS: Readonly<Record<DiskKind, string>> = { ext4: 'loop,noauto_da_alloc,commit=300', xfs: 'loop' };
/** Waits for a line, then FS_IOC_SHUTDOWN without a flush of the journal (linux/fs.h; flags as in fs/xfs/libxfs/xfs_fs.h). */
const SHUTDOWN = `
import fcntl, os, struct, sys
disk = os.open(sys.argv[1], os.O_RDONLY)
print('ready', flush=True)
sys.stdin.readline()
fcntl.ioctl(disk, 0x8004587d, struct.pack('I', 2))
`;

/** A file system on an image that can lose power: what it had not written is gone, as from a real disk. */
export class LoopDisk {
  readonly directory: string;
  readonly #kind: DiskKind;
  readonly #image: string;
  #breaker: ChildProcess | undefined;

  private constructor(kind: DiskKind, folder: string) {
    this.#kind = kind;
    this.#image = join(folder, `${kind}.image`);
    this.directory = join(folder, kind);
  }

  /** A mounted, empty disk below `folder`; where this machine cannot, the reason. */
  static async create(kind: DiskKind, folder: string): Promise<LoopDisk | string> {
    if (process.getuid?.() !== 0) return 'only root may mount';
    const disk = new LoopDisk(kind, folder);
    mkdirSync(disk.directory);
    const made =
      spawnSync('truncate', ['-s', IMAGE_SIZE[kind], disk.#image]).status === 0 &&
      spawnSync(`mkfs.${kind}`, ['-q', disk.#image]).status === 0;
    if (!made) return `mkfs.${kind} is not installed`;
    if (spawnSync('python3', ['--version']).status !== 0) return 'python3, which does the ioctl, is not installed';
    try {
      await disk.mount();
      return disk;
    } catch {
      return `a loop device with ${kind} cannot be mounted`;
    }
  }

  async mount(): Promise<void> {
    run('mount', '-t', this.#kind, '-o', MOUNT_OPTIONS[this.#kind], this.#image, this.directory);
    const breaker = spawn('python3', ['-c', SHUTDOWN, this.directory], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(breaker.stdout, 'data');
    this.#breaker = breaker;
  }

  /** The power goes; every call on the disk fails from here on. */
  async cutPower(): Promise<void> {
    const breaker = this.#breaker;
    const ended = breaker === undefined ? undefined : once(breaker, 'exit');
    breaker?.stdin?.end('now\n');
    await ended;
    this.#breaker = undefined;
  }

  /** The power is back: the journal is replayed. Nobody may have a file of the disk open. */
  async restart(): Promise<void> {
    await this.#unmount();
    await this.mount();
  }

  async remove(): Promise<void> {
    await this.cutPower();
    await this.#unmount();
    rmSync(this.#image);
  }

  async #unmount(): Promise<void> {
    // A process that was killed lets go of its files a moment later.
    for (let tries = 0; spawnSync('umount', [this.directory]).status !== 0; tries++) {
      if (tries > 200) throw new Error(`${this.directory} stays busy`);
      await pause(25);
    }
  }
}

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of somebody who uses midiloom: no file of the repository, and no setting of the npm that called us. */
export class Consumer {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** As a project begins. */
  static project(folder: string, type: 'module' | 'commonjs' = 'module'): Consumer {
    const consumer = new Consumer(folder);
    consumer.write('package.json', `${JSON.stringify({ name: 'consumer', private: true, type })}\n`);
    return consumer;
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  /** Runs a line of a shell in the folder. */
  try(line: string): Finished {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name)));
    const { status, stdout, stderr } = spawnSync(line, {
      cwd: this.folder,
      env,
      shell: true,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    return { status, stdout, stderr };
  }

  /** @throws Error with all that was said, where the line does not end with exit 0. */
  run(line: string): Finished {
    const finished = this.try(line);
    if (finished.status === 0) return finished;
    const { status, stdout, stderr } = finished;
    throw new Error(`exit ${status} of ${line}, in ${this.folder}\n${stdout}\n${stderr}`);
  }
}

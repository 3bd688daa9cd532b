import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.ts';

const PASSWORD = 'not-to-be-seen';

/** A Redis of Debian's package that keeps what it has in a folder, and so has it again after a restart. */
export class RedisServer {
  readonly address: string;
  readonly password = PASSWORD;
  readonly #folder: string;
  readonly #port: number;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.address = `redis://:${PASSWORD}@127.0.0.1:${port}`;
  }

  /** Why there can be none here. */
  static missing(): string | undefined {
    const { status } = spawnSync('redis-server', ['--version']);
    return status === 0 ? undefined : 'redis-server is not installed';
  }

  static async start(folder: string): Promise<RedisServer> {
    const server = new RedisServer(folder, await freePort());
    await server.#start();
    return server;
  }

  async restart(): Promise<void> {
    await this.end();
    await this.#start();
  }

  async end(): Promise<void> {
    const pid = Number(readFileSync(join(this.#folder, 'redis.pid'), 'utf8'));
    process.kill(pid, 'SIGTERM');
    try {
      for (;;) {
        process.kill(pid, 0);
        await pause(20);
      }
    } catch {
      // gone
    }
  }

  /** Everything that it has written down. */
  kept(): string {
    return spawnSync('grep', ['-rha', '', this.#folder], { encoding: 'latin1', maxBuffer: 2 ** 28 }).stdout;
  }

  async #start(): Promise<void> {
    const options = {
      port: this.#port,
      bind: '127.0.0.1',
      dir: this.#folder,
      requirepass: PASSWORD,
      appendonly: 'yes',
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const pidFile = join(this.#folder, 'redis.pid');
    const { status, stdout } = spawnSync(
      'redis-server',
      [...args, '--daemonize', 'yes', '--pidfile', pidFile, '--save', ''],
      {
        encoding: 'utf8',
      },
    );
    if (status !== 0) throw new Error(`redis-server ended with ${status}: ${stdout}`);
    for (let tries = 0; ; tries++) {
      const { stdout: answer } = spawnSync(
        'redis-cli',
        ['-p', String(this.#port), '-a', PASSWORD, '--no-auth-warning', 'ping'],
        {
          encoding: 'utf8',
        },
      );
      if (answer.trim() === 'PONG') return;
      if (tries > 300) throw new Error(`Redis does not answer: ${answer}`);
      await pause(50);
    }
  }
}

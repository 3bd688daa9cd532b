import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Where the peers live: `MIDILOOM_PEERS_PYTHON`, else the virtual environment that `.ci/run` makes. */
export const PYTHON =
  process.env.MIDILOOM_PEERS_PYTHON ?? fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));

/** Why tests beside these Python modules cannot run here, after printing it; `undefined` where they can. */
export function missingPeers(...modules: readonly string[]): string | undefined {
  const { status, error, stderr } = spawnSync(PYTHON, ['-c', modules.map((name) => `import ${name}`).join('\n')], {
    encoding: 'utf8',
  });
  if (status === 0) return undefined;
  const why = error?.message ?? stderr.trim().split('\n').at(-1) ?? `status ${status}`;
  const reason = `skipped: ${modules.join(', ')} cannot be run (${why}); .ci/run shows how to install them`;
  console.warn(reason);
  return reason;
}

/** A Python program of this folder that answers each line of JSON with one line of JSON. */
export class Peer {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  /** @param script - a file name in `test/peers/`. */
  constructor(script: string, args: readonly string[] = []) {
    const file = fileURLToPath(new URL(script, import.meta.url));
    this.#process = spawn(PYTHON, ['-u', file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#process.stdout, crlfDelay: Number.POSITIVE_INFINITY })[
      Symbol.asyncIterator
    ]();
  }

  /** One question at a time. */
  async ask(question: unknown): Promise<unknown> {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    const { done, value } = await this.#answers.next();
    if (done) throw new Error(`the peer ended with status ${this.#process.exitCode}`);
    return JSON.parse(value);
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.stdin.end();
    await ended;
  }
}

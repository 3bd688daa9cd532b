import { createProgram } from '../../src/cli/program.ts';
import { runProgram } from '../../src/cli/run-program.ts';

export interface HereResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this very process, one at a time: a fraction of the time of `runCli`. */
export async function runHere(
  args: readonly string[],
  { cwd, env }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<HereResult> {
  const before = { cwd: process.cwd(), env: { ...process.env } };
  const out = capture(process.stdout);
  const err = capture(process.stderr);
  if (cwd !== undefined) process.chdir(cwd);
  Object.assign(process.env, env);
  try {
    const code = await runProgram(createProgram, args);
    return { code, stdout: out.text(), stderr: err.text() };
  } finally {
    out.end();
    err.end();
    process.chdir(before.cwd);
    for (const name of Object.keys(env ?? {})) {
      if (before.env[name] === undefined) delete process.env[name];
      else process.env[name] = before.env[name];
    }
  }
}

/** What a command prints with `--json`. */
export async function json(...args: string[]): Promise<unknown> {
  const result = await runHere([...args, '--json']);
  if (result.code !== 0) throw new Error(`exit ${result.code}: ${result.stderr}`);
  return JSON.parse(result.stdout);
}

function capture(stream: NodeJS.WriteStream) {
  const before = { write: stream.write, listeners: stream.listeners('error') };
  let text = '';
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const written = rest.at(-1);
    if (typeof written === 'function') written();
    return true;
  };
  return {
    text: () => text,
    end: () => {
      stream.write = before.write;
      for (const listener of stream.listeners('error')) {
        if (!before.listeners.includes(listener)) stream.off('error', listener as () => void);
      }
    },
  };
}

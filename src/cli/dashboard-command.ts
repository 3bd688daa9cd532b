import { once } from 'node:events';
import { Command } from 'commander';
import { integer, parseOption } from '../config/option.ts';
import { serveDashboard } from '../dashboard/serve-dashboard.ts';
import { codeOf } from '../errors.ts';
import { addLoudness, type LoudnessFlags, logOf } from './loudness.ts';
import { openInBrowser } from './open-in-browser.ts';
import { printResult } from './print-result.ts';

interface DashboardFlags extends LoudnessFlags {
  readonly host: string;
  readonly port?: string;
  readonly manage?: true;
  readonly token?: true;
  readonly open?: true;
  readonly json?: true;
}

const DEFAULT_PORT = 7464;
const PORT = integer('port', DEFAULT_PORT, { min: 0, max: 65_535 });

export function dashboardCommand(): Command {
  const command = new Command('dashboard')
    .description('show runs in a browser while they go; ends with Ctrl-C, which no run notices')
    .argument('[PATH...]', 'where to look for runs (default: here)')
    .option(
      '--port <PORT>',
      `what to listen on; 0 for any that is free (default: ${DEFAULT_PORT}, or one that is free)`,
    )
    .option(
      '--host <HOST>',
      'who may reach it: this machine alone, or 0.0.0.0 for all that can; those need the token',
      '127.0.0.1',
    )
    .option('--manage', 'also retry, skip, reset, clean up, export, merge and stop runs from the page')
    .option('--token', 'ask for a token here too: on a machine that others use')
    .option('--open', 'open the page in the browser');
  return addLoudness(command)
    .option('--json', 'print the address as JSON')
    .action(async (paths: readonly string[], flags: DashboardFlags) => {
      const served = await serveAt(paths.length === 0 ? ['.'] : paths, flags);
      try {
        const { url, port } = served;
        await printResult({ url, port, pid: process.pid }, flags, () => `${url}\n`, true);
        if (flags.open) openInBrowser(url);
        await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
      } finally {
        await served.close();
      }
    });
}

async function serveAt(paths: readonly string[], flags: DashboardFlags) {
  const serve = (port: number) =>
    serveDashboard({ paths, host: flags.host, port, manage: flags.manage, token: flags.token, log: logOf(flags) });
  if (flags.port !== undefined) return serve(parseOption(PORT, '--port', flags.port));
  // A second dashboard takes another port; one that was named stays as it was asked for.
  return serve(DEFAULT_PORT).catch((error: unknown) => {
    if (codeOf(error) === 'port_unusable') return serve(0);
    throw error;
  });
}

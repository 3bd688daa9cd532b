import { spawn } from 'node:child_process';

/** A file or an address; it stays where it is if there is no browser: it was printed. */
export function openInBrowser(what: string): void {
  const [command, ...before] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  const child = spawn(command ?? 'xdg-open', [...before, what], { detached: true, stdio: 'ignore' });
  child.on('error', (error) => process.stderr.write(`midiloom: cannot open a browser: ${error.message}\n`));
  child.unref();
}

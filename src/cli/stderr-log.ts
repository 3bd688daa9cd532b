import { terminalLog } from './terminal-log.ts';

/** For commands that say nothing but warnings. */
export const stderrLog = terminalLog('warning', (line) => {
  process.stderr.write(`${line}\n`);
});

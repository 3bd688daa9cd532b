import { closeSync, constants, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError, messageOf } from '../errors.ts';

/** O_NONBLOCK: a pipe that nobody reads is refused (ENXIO) in place of waited for. */
const PROBE = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/** Each line is written at once, so that a kill loses none. A disk that is full costs the log, not the run. */
export function appendingTo(file: string, warn: (text: string) => void): (line: string) => void {
  let descriptor: number | undefined;
  try {
    // A log in the run directory is opened before that is made.
    mkdirSync(dirname(resolve(file)), { recursive: true });
    closeSync(openSync(resolve(file), PROBE, 0o666));
    descriptor = openSync(resolve(file), 'a');
  } catch (error) {
    throw new ConfigError('log_unwritable', `Cannot write --log_file ${file}: ${messageOf(error)}`);
  }
  return (line) => {
    if (descriptor === undefined) return;
    try {
      writeSync(descriptor, `${line}\n`);
    } catch (error) {
      descriptor = undefined;
      warn(`the log file cannot be written any more: ${messageOf(error)}`);
    }
  };
}

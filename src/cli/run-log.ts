import { openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, messageOf } from '../errors.ts';
import type { Log, LogLevel } from '../log.ts';
import type { RunEvent } from '../pipeline/run-events.ts';
import { printableJson } from './printable-json.ts';
import { LOG_LEVELS, terminalLog } from './terminal-log.ts';

export interface RunLogOptions {
  readonly level: LogLevel;
  /** Appended to, a JSON object a line; `undefined` for none. */
  readonly file: string | undefined;
  /** A person reads what `line` writes. Elsewhere a program may: then each message is a JSON object. */
  readonly isTerminal: boolean;
  readonly line: (text: string) => void;
}

export interface RunLog {
  readonly log: Log;
  /** Notes in the file what the user is shown otherwise. */
  readonly event: (event: RunEvent) => void;
}

/** The log of a run, on stderr and in a file. @throws ConfigError `log_unwritable`. */
export function openRunLog({ level, file, isTerminal, line }: RunLogOptions): RunLog {
  const shown = isTerminal ? terminalLog(level, line) : jsonLog(level, line);
  if (file === undefined) return { log: shown, event: () => {} };
  const kept = jsonLog(level, appendingTo(file, line));
  return {
    log: (...message) => {
      shown(...message);
      kept(...message);
    },
    event: (event) => {
      switch (event.type) {
        case 'planned':
          kept('info', 'planned', () => ({ ...event }));
          break;
        case 'saved':
          kept('info', 'saved', () => ({ stage: event.stage, ...event.progress }));
          break;
        case 'notice':
          kept('warning', event.message);
      }
    },
  };
}

/** A message as one line of JSON: no text from outside can forge another. */
function jsonLog(level: LogLevel, write: (line: string) => void): Log {
  const threshold = LOG_LEVELS.indexOf(level);
  return (messageLevel, message, fields) => {
    if (LOG_LEVELS.indexOf(messageLevel) < threshold) return;
    write(printableJson({ time: new Date().toISOString(), level: messageLevel, message, ...fieldsOf(fields) }));
  };
}

function fieldsOf(fields: (() => Readonly<Record<string, unknown>>) | undefined): object {
  return fields === undefined ? {} : { fields: fields() };
}

/** Each line is written at once, so that a kill loses none. A disk that is full costs the log, not the run. */
function appendingTo(file: string, warn: (text: string) => void): (line: string) => void {
  let descriptor: number | undefined;
  try {
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

import type { Log, LogLevel } from '../log.ts';
import { printable } from './printable.ts';
import { printableJson } from './printable-json.ts';

export const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'critical'] as const satisfies readonly LogLevel[];

/** Writes one line per message at or above `level`. Fields are JSON, so that no text from outside can forge a line. */
export function terminalLog(level: LogLevel, write: (line: string) => void): Log {
  const threshold = LOG_LEVELS.indexOf(level);
  return (messageLevel, message, fields) => {
    if (LOG_LEVELS.indexOf(messageLevel) < threshold) return;
    const detail = fields === undefined ? '' : ` ${printableJson(fields())}`;
    write(`${messageLevel}: ${printable(message)}${detail}`);
  };
}

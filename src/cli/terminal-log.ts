import type { Log, LogLevel } from '../log.ts';
import { printable } from './printable.ts';
import { printableJson } from './printable-json.ts';

export const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'critical'] as const satisfies readonly LogLevel[];

/** Whether a message of this level is said where `threshold` is wanted. */
export function isSaid(level: LogLevel, threshold: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(threshold);
}

/** Writes one line per message at or above `level`, for a person. No text from outside can forge a line. */
export function terminalLog(level: LogLevel, write: (line: string) => void): Log {
  return (messageLevel, message, fields) => {
    if (!isSaid(messageLevel, level)) return;
    write(`${messageLevel}: ${printable(message)}${fields === undefined ? '' : fieldsText(fields())}`);
  };
}

function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  const facts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${isPlain(value) ? value : printableJson(value)}`);
  return facts.length === 0 ? '' : ` (${facts.join(', ')})`;
}

/** A word that needs no quotes. */
function isPlain(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.:/+-]+$/.test(value);
}

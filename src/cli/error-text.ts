import { MidiloomError } from '../errors.ts';
import { printableLines } from './printable.ts';

/** What ended a command, for a person: the message and its code; of an error nobody foresaw, where it came from. */
export function errorText(error: unknown): string {
  if (error instanceof MidiloomError) return `midiloom: ${printableLines(error.message)} [${error.code}]`;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `midiloom: unexpected: ${printableLines(text)}`;
}

import { printableJson } from './printable-json.ts';
import { windowOf } from './terminal/window.ts';
import { wrapped } from './terminal/wrapped.ts';
import { writeText } from './write-text.ts';

/**
 * What a command was asked for goes to stdout: as JSON for programs, else as text for a person.
 *
 * @param isNews - whether the text is printed under `--quiet` too: all is not well, or it is all that was asked for
 */
export async function printResult<Result>(
  result: Result,
  { json, quiet }: { readonly json?: true; readonly quiet?: true },
  textOf: (result: Result) => string,
  isNews = false,
): Promise<void> {
  if (quiet && !json && !isNews) return;
  await writeText(json ? `${printableJson(result, 2)}\n` : fitted(textOf(result)));
}

/** On a terminal, lines that are too long are broken between words. */
function fitted(text: string): string {
  const { stdout } = process;
  return stdout.isTTY ? wrapped(text, windowOf(stdout).columns) : text;
}

import { printableJson } from './printable-json.ts';
import { writeText } from './write-text.ts';

/** What a command was asked for goes to stdout: as JSON for programs, else as text for a person. */
export async function printResult<Result>(
  result: Result,
  { json }: { readonly json?: true },
  textOf: (result: Result) => string,
): Promise<void> {
  await writeText(json ? `${printableJson(result, 2)}\n` : textOf(result));
}

import { createInterface } from 'node:readline';

/** An answer, and other words for it; the first letters of each will do. */
export type Choice<Name extends string> = readonly [name: Name, ...otherWords: string[]];

/**
 * Asks on the terminal until one of the choices is answered; an empty answer is the first. Ctrl-C, Ctrl-D and `signal`
 * give `undefined`.
 */
export function ask<Name extends string>(
  question: string,
  choices: readonly [Choice<Name>, ...Choice<Name>[]],
  signal: AbortSignal,
): Promise<Name | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.setPrompt(`${question} `);
  return new Promise((resolve) => {
    let chosen: Name | undefined;
    const close = (): void => terminal.close();
    signal.addEventListener('abort', close);
    terminal.on('SIGINT', () => {
      process.stderr.write('^C');
      close();
    });
    terminal.on('line', (line) => {
      chosen = choiceOf(line, choices);
      if (chosen === undefined) terminal.prompt();
      else close();
    });
    terminal.once('close', () => {
      signal.removeEventListener('abort', close);
      if (chosen === undefined) process.stderr.write('\n');
      resolve(chosen);
    });
    terminal.prompt();
  });
}

function choiceOf<Name extends string>(
  line: string,
  choices: readonly [Choice<Name>, ...Choice<Name>[]],
): Name | undefined {
  const answer = line.trim().toLowerCase();
  if (answer === '') return choices[0][0];
  return choices.find((words) => words.some((word) => word.startsWith(answer)))?.[0];
}

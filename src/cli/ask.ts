import { createInterface } from 'node:readline/promises';

/** Asks on the terminal until one of `choices` (or its first letter) is answered; an empty answer is the first. */
export async function ask(question: string, choices: readonly [string, ...string[]]): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = (await terminal.question(`${question} [${choices.join('/')}] `)).trim().toLowerCase();
      if (answer === '') return choices[0];
      const chosen = choices.find((choice) => choice === answer || choice[0] === answer);
      if (chosen !== undefined) return chosen;
    }
  } finally {
    terminal.close();
  }
}

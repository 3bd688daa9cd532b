import type { Readable } from 'node:stream';

/** A native stack trace stands below the line that matters. */
const KEPT_CHARACTERS = 16_384;
/** How V8 and the C++ library begin the line that says why they end the process. */
const DEADLY = /^(?:FATAL ERROR: |# (Fatal .+)$|terminate called |\s*what\(\): )/;

/** What a process wrote to its stderr: each line is passed on, and the one that may say why it died is found. */
export class LastWords {
  #text = '';

  constructor(stderr: Readable, onLine: (line: string) => void) {
    let begun = '';
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#text = (this.#text + text).slice(-KEPT_CHARACTERS);
      const lines = (begun + text).split('\n');
      begun = (lines.pop() ?? '').slice(-KEPT_CHARACTERS);
      for (const line of lines) if (line.trim() !== '') onLine(line);
    });
  }

  /** `undefined` where it said nothing of its death. */
  reason(): string | undefined {
    const deadly = this.#text.split('\n').filter((line) => DEADLY.test(line));
    return deadly.length === 0
      ? undefined
      : deadly.map((line) => line.replace(/^(?:FATAL ERROR: |# )/, '').trim()).join(' ');
  }
}

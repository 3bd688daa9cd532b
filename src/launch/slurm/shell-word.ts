const BARE = /^[\w@%+=:,./-]+$/;
const CONTROL = /\p{Cc}/u;
const CONTROLS = /[\p{Cc}'\\]/gu;

/**
 * A text as one word of bash that stands for exactly that text. Control characters are escaped: sbatch refuses a script with
 * `\r\n` in it, and a person should see them.
 */
export function shellWord(text: string): string {
  if (BARE.test(text)) return text;
  if (!CONTROL.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${text.replace(CONTROLS, escaped)}'`;
}

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === "'" || character === '\\') return `\\${character}`;
  return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

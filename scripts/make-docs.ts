/** Writes the table of options into the README, from the same table that the program reads. `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { optionNames } from '../src/config/run-config.ts';
import { RUN_OPTIONS, snakeCase } from '../src/config/run-options.ts';

const README = new URL('../README.md', import.meta.url);
const BLOCK = /(<!-- options: made by `npm run docs` -->\n)[\s\S]*?(<!-- \/options -->)/;

const before = readFileSync(README, 'utf8');
const after = before.replace(BLOCK, (_, begin: string, end: string) => `${begin}${optionTable()}${end}`);
if (!process.argv.includes('--check')) writeFileSync(README, after);
else if (before !== after) {
  console.error('README.md: the table of options is not that of the program; run `npm run docs`.');
  process.exitCode = 1;
}

function optionTable(): string {
  const rows = optionNames().map((name) => {
    const { placeholder, help, default: fallback } = RUN_OPTIONS[name];
    const flag = `--${snakeCase(name)}${placeholder === undefined ? '' : ` ${placeholder}`}`;
    return `| \`${flag.replaceAll('|', '\\|')}\` | ${help.replaceAll('|', '\\|')} | ${shown(fallback)} |\n`;
  });
  return `| option | meaning | default |\n|---|---|---|\n${rows.join('')}`;
}

function shown(fallback: unknown): string {
  if (fallback === undefined || fallback === false || fallback === Number.MAX_SAFE_INTEGER) return '';
  return `\`${String(fallback)}\``;
}

/**
 * Makes the scripts and style sheets of the pages in `src/page/`: of the report, which has them in itself, and of the dashboard.
 * What they need of packages goes into them; `bundle-entries.ts` writes the licences.
 */
import { copyFileSync } from 'node:fs';
import { parse } from 'node:path';
import { build } from 'esbuild';

const ENTRIES = ['report/report.ts', 'report/report.css', 'dashboard/dashboard.tsx', 'dashboard/dashboard.css'];

await build({
  entryPoints: ENTRIES.map((file) => ({ in: `src/page/${file}`, out: parse(file).name })),
  outdir: 'dist/page',
  bundle: true,
  minify: true,
  charset: 'utf8',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  logLevel: 'warning',
});
for (const file of ['dashboard.html', 'icon.svg']) copyFileSync(`src/page/dashboard/${file}`, `dist/page/${file}`);

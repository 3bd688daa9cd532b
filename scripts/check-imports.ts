/** Holds `src/` to the table of allowed arrows (DESIGN.md, "The house"). Exits 1 and names each import that breaks it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

const LEAVES = ['errors', 'log'];
/** Room -> rooms, or single files of a room, that it may import. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  log: [],
  s3: ['config/install-command', 'config/own-package'],
  config: ['s3/s3-address'],
  scratch: ['checkpoint/storage-error'],
  manifest: ['config', 's3', 'scratch'],
  midi: [],
  features: ['midi'],
  tokens: ['midi'],
  text: ['config/install-command', 'config/installed-version', 'config/own-package', 'config/user-cache-folder'],
  charset: ['midi'],
  augmentation: ['midi'],
  similarity: ['midi', 'features'],
  claims: ['features'],
  quality: ['midi', 'features', 'text/text-statistics', 'claims/agreement', 'tokens/drop-reasons', 'manifest/value-at'],
  worker: [
    'cache',
    'checkpoint/record-frame',
    'checkpoint/stamp-rows',
    'manifest',
    'midi',
    'augmentation',
    'charset',
    'features',
    'tokens',
    'text',
    'similarity',
    'quality',
  ],
  engine: ['checkpoint/record-frame', 'worker', 'manifest', 'text'],
  cache: [],
  checkpoint: ['config/own-package', 's3'],
  stats: ['quality/filter-counts', 'claims/agreement-counts'],
  dataset: [
    'worker/midi-record',
    'worker/text-record',
    'augmentation/music-change',
    'features',
    'text',
    'tokens',
    'similarity',
    'quality',
    'claims',
    'manifest',
    'scratch',
    'checkpoint',
    'stats',
  ],
  report: ['midi', 'stats', 'claims', 'tokens/drop-reasons'],
  'run-directory': ['s3/s3-address', 'config', 'manifest/plan-part', 'tokens', 'checkpoint', 'stats'],
  interchange: [
    'manifest',
    'features/feature-schema',
    'text/half-precision',
    'text/text-statistics',
    'tokens',
    'worker',
    'checkpoint',
    'run-directory',
  ],
  inputs: ['manifest', 'text/normalize-text', 'worker', 'checkpoint'],
  pipeline: [
    's3',
    'inputs',
    'cache',
    'config',
    'manifest',
    'midi',
    'features',
    'tokens',
    'text',
    'similarity',
    'augmentation',
    'claims',
    'quality',
    'worker',
    'engine',
    'checkpoint',
    'stats',
    'dataset',
    'report',
    'run-directory',
    'interchange',
  ],
  operations: [
    'inputs',
    'midi',
    'augmentation',
    'charset',
    'config',
    'manifest',
    'tokens',
    'quality/parse-filters',
    'worker',
    'checkpoint',
    'stats',
    'dataset',
    'report',
    'run-directory',
    'interchange',
    'pipeline',
  ],
  dashboard: [
    'config',
    'manifest',
    'worker',
    'tokens',
    'checkpoint',
    'stats',
    'dataset',
    'report',
    'run-directory',
    'pipeline',
    'operations',
  ],
  page: ['report', 'dashboard/wire', 'cli/size-text'],
  tools: [
    'claims',
    'cache',
    'config',
    'manifest',
    'midi',
    'charset',
    'features',
    'tokens',
    'text',
    'similarity',
    'scratch',
    'worker',
    'pipeline',
  ],
  launch: ['config', 'checkpoint', 's3/s3-address', 'run-directory'],
  index: [
    'config',
    'manifest',
    'midi',
    'features',
    'tokens',
    'text',
    'checkpoint',
    'dataset',
    'stats',
    'run-directory',
    'pipeline',
    'operations',
    'tools',
  ],
  cli: [
    'config',
    'claims',
    'cache',
    'index',
    'manifest/input-options',
    'midi',
    'features',
    'tokens',
    'stats',
    'checkpoint',
    'report',
    'run-directory',
    'pipeline',
    'operations',
    'dashboard',
    'launch',
    'tools',
  ],
};
/** Rooms that stay pure: no Node builtin, no package. */
const PURE = new Set(['midi', 'features', 'tokens', 'stats', 'augmentation', 'similarity', 'quality', 'claims']);
const source = 'src';

const problems: string[] = [];
for (const entry of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
  if (!/\.tsx?$/.test(entry)) continue;
  const room = roomOf(entry);
  const allowed = ALLOWED[room];
  if (allowed === undefined) problems.push(`src/${entry}: "${room}" is not a room of the house`);
  for (const specifier of importsOf(readFileSync(join(source, entry), 'utf8'))) {
    if (!specifier.startsWith('.')) {
      if (PURE.has(room)) problems.push(`src/${entry}: ${room}/ is pure and may not import ${specifier}`);
      continue;
    }
    const file = normalize(join(dirname(entry), specifier)).replace(/\.tsx?$/, '');
    const target = roomOf(file);
    if (target === room || [...LEAVES, ...(allowed ?? [])].some((name) => name === target || name === file)) continue;
    problems.push(`src/${entry}: ${room}/ may not import ${file}`);
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

function roomOf(path: string): string {
  return (path.split(sep)[0] ?? path).replace(/\.ts$/, '');
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from\s+|import\s*\(?\s*)'([^']+)'/g)].map((match) => match[1] ?? '');
}

/**
 * Joins the modules of `src/` into few files: what a user imports or starts, and each program that a run starts. A process
 * is up in half the time, which loading some two hundred small files would take. Modules that several of them need lie in
 * `dist/shared/`; packages that are dependencies stay where they are. Those of the charts are not: they are some five hundred files, which
 * Node.js opens at once, more than a process may have open in many places. Their licences go along. Rolldown leaves a `const` of a module a constant, which V8 then puts into
 * the machine code; esbuild makes it a variable, which inner loops look up again and again.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { build, type ChunkingContext } from 'rolldown';
import manifest from '../package.json' with { type: 'json' };

const ENTRIES = [
  'index',
  'cli/main',
  'worker/midi-worker',
  'worker/encoder-process',
  'worker/probe-process',
  'cache/cache-process',
  'pipeline/drawing-worker',
];
/**
 * What processes load at different times. Modules that the same of these need, whatever else needs them, lie in one file: a process opens few
 * files, and compiles little that it does not need yet. What none of them needs, but another command, lies in one file; the rest is divided as it comes.
 */
const PARTS = [
  'cli/program',
  'cli/run-program',
  'cli/process-command',
  'pipeline/outputs/write-outputs',
  'worker/midi-worker',
  'worker/encoder-process',
  'pipeline/drawing-worker',
];
const packages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });

const commands = readdirSync('src/cli').filter((file) => file.endsWith('-command.ts'));
let ofCommands: ReadonlySet<string> | undefined;
let needed: readonly (readonly [name: string, modules: ReadonlySet<string>])[] | undefined;
rmSync('dist/shared', { recursive: true, force: true });
const { output } = await build({
  input: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])),
  platform: 'node',
  // No entry has names that another file exports anew.
  preserveEntrySignatures: 'allow-extension',
  external: (id) => packages.some((name) => id === name || id.startsWith(`${name}/`)),
  transform: { target: 'node20' },
  output: {
    dir: 'dist',
    format: 'esm',
    comments: false,
    entryFileNames: '[name].js',
    // One folder deep, as every module is that finds another program by its own address.
    chunkFileNames: 'shared/[name]-[hash].js',
    codeSplitting: { groups: [{ name: partsNeeding, debugName: 'parts' }], includeDependenciesRecursively: false },
  },
  logLevel: 'warn',
});

const bundled = new Set(output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds.flatMap(packageOf) : [])));
// What the pages need besides goes into them: `bundle-pages.ts`.
for (const name of ['preact']) bundled.add(join('node_modules', name));
writeFileSync('dist/third-party-licenses.txt', [...bundled].sort().map(licenseText).join('\n\n'));

/** Names the parts that need a module, as its file is called. */
function partsNeeding(module: string, graph: ChunkingContext): string | null {
  // What a program does by being loaded is no part of another.
  if (graph.getModuleInfo(module)?.isEntry) return null;
  needed ??= PARTS.map((name) => [basename(name), staticImports(resolve(`src/${name}.ts`), graph)] as const);
  const names = needed.filter(([, modules]) => modules.has(module)).map(([name]) => name);
  if (names.length > 0) return names.join('+');
  ofCommands ??= new Set(commands.flatMap((file) => [...staticImports(resolve('src/cli', file), graph)]));
  return ofCommands.has(module) ? 'commands' : null;
}

function staticImports(entry: string, graph: ChunkingContext): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const module of found) for (const id of graph.getModuleInfo(module)?.importedIds ?? []) found.add(id);
  return found;
}

/** The folder of the package that a module is of, where it is of one. */
function packageOf(module: string): readonly string[] {
  if (!module.includes('/node_modules/')) return [];
  let folder = dirname(module);
  // Some folders of a package have a package.json that only says how its modules are to be read.
  while (!existsSync(join(folder, 'package.json')) || !hasName(folder)) folder = dirname(folder);
  return [folder];
}

function hasName(folder: string): boolean {
  return 'name' in JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function licenseText(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[sc]e/i.test(entry));
  const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
  return `${name} ${version}\n\n${text}\n`;
}

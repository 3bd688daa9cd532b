import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };
import type { Consumer } from './consumer.ts';
import { mainJob } from './main-job.ts';

const SAMPLES = 'node_modules/midiloom/data/pairs.jsonl';
/** The first in which typed arrays say what they lie in, which types of Node.js and ours do; and the one that the types were made with. */
const COMPILERS = ['5.7', manifest.devDependencies.typescript];
const STRICT = {
  target: 'es2022',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  types: ['node'],
  rootDir: 'examples',
  outDir: 'compiled',
};
const CALL = `processPairs({ inputFile: '${SAMPLES}', outputDir: OUTPUT, workers: 1, textEncoder: 'none' })`;

/** Calls the package in the ways there are: as a command, from ES modules, from CommonJS, and by every example in TypeScript. */
export function checkCallers(project: Consumer): void {
  const { completed } = mainJob(project, 'npx midiloom', SAMPLES, '--text_encoder hashing');
  console.log(`npx midiloom: ${completed} pairs done`);

  project.write('esm.mjs', `import { processPairs } from 'midiloom';\n${calling('run-esm')}`);
  console.log(`an ES module: ${project.run('node esm.mjs').stdout.trim()} pairs done`);
  project.write('cjs.cjs', `import('midiloom').then(async ({ processPairs }) => {${calling('run-cjs')}});\n`);
  console.log(`import() of a CommonJS module: ${project.run('node cjs.cjs').stdout.trim()} pairs done`);

  checkExamples(project);
}

function calling(output: string): string {
  return `console.log((await ${CALL.replace('OUTPUT', `'${output}'`)}).completed);`;
}

function checkExamples(project: Consumer): void {
  const examples = project.path('node_modules', 'midiloom', 'examples');
  mkdirSync(project.path('examples'));
  for (const name of readdirSync(examples)) copyFileSync(`${examples}/${name}`, project.path('examples', name));
  project.write('tsconfig.json', JSON.stringify({ compilerOptions: STRICT, include: ['examples'] }));
  for (const version of COMPILERS) {
    project.run(`npm i -D typescript@${version} @types/node@20`);
    console.log(
      `strict types: TypeScript ${project.run('npx tsc && npx tsc --version').stdout.replace('Version', '').trim()}`,
    );
  }
  for (const name of readdirSync(project.path('compiled'))) {
    const { stdout } = project.run(`node compiled/${name} ${SAMPLES} run-${name}`);
    console.log(`examples/${name.replace(/\.js$/, '.ts')}: ${stdout.trim()}`);
  }
}

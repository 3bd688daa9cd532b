import { Consumer } from './consumer.ts';
import { type InstalledPackage, installedPackages, sizeOnDiskMb } from './installed-packages.ts';

const LARGEST_MB = 120;
/** They look for the binary that came from the registry with them, and end where it is there. */
const SCRIPTS_KNOWN = new Map([
  ['lmdb', 'node-gyp-build-optional-packages'],
  ['msgpackr-extract', 'node-gyp-build-optional-packages'],
]);
/** Large, and of no use without a text model; the last two of none at all. */
const UNWANTED = /^(onnxruntime-.*|tokenizers|@huggingface\/.*|sharp|@img\/.*)$/;

/** Installs the package into an empty project. */
export function checkInstall(folder: string, tarball: string): Consumer {
  const project = Consumer.project(folder);
  project.run(`npm i ${tarball}`);
  const packages = installedPackages(folder);
  const size = sizeOnDiskMb(project.path('node_modules'));
  console.log(`npm i midiloom: ${size.toFixed(0)} MB on disk, ${packages.length} packages: ${listed(packages)}`);

  const unwanted = packages.filter(({ name }) => UNWANTED.test(name));
  if (unwanted.length > 0) throw new Error(`installed for nothing: ${listed(unwanted)}`);
  if (size >= LARGEST_MB) throw new Error(`an installation is to be under ${LARGEST_MB} MB`);
  for (const { name, installScript } of packages) {
    if (installScript === undefined) continue;
    console.log(`its install script: ${name}: ${installScript}`);
    if (SCRIPTS_KNOWN.get(name) !== installScript) {
      throw new Error(`${name} has an install script that nobody looked at: ${installScript}`);
    }
  }
  return project;
}

function listed(packages: readonly InstalledPackage[]): string {
  return packages.map(({ name, version }) => `${name} ${version}`).join(', ');
}

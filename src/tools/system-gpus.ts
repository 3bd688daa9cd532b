import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the makers, by the number that each has on a PCI bus. */
const MAKERS: Readonly<Record<string, string>> = { '0x10de': 'NVIDIA', '0x1002': 'AMD', '0x8086': 'Intel' };

/**
 * The GPUs that a Linux system names, with or without a driver that works; `undefined` on other systems, which have no files
 * that say it.
 *
 * @param root - of the file system; another one in tests.
 */
export function systemGpus(platform: NodeJS.Platform, root = '/'): readonly string[] | undefined {
  if (platform !== 'linux') return undefined;
  const driven = namesIn(join(root, 'proc/driver/nvidia/gpus')).flatMap((folder) => {
    const [, model] = /^Model:\s*(.+)$/m.exec(textOf(join(folder, 'information'))) ?? [];
    return model === undefined ? [] : [model];
  });
  const cards = namesIn(join(root, 'sys/class/drm')).filter((folder) => /card\d+$/.test(folder));
  const others = cards.flatMap((folder) => {
    const maker = MAKERS[textOf(join(folder, 'device/vendor')).trim()];
    if (maker === undefined || (maker === 'NVIDIA' && driven.length > 0)) return [];
    return [`${maker} ${textOf(join(folder, 'device/device')).trim()}`];
  });
  return [...driven, ...others];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return []; // no driver, no folder
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // a virtual card has no PCI device
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemGpus } from '../../src/tools/system-gpus.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('system-gpus');

function systemWith(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, name);
  mkdirSync(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const NVIDIA = 'Model: \t\t NVIDIA H200\nIRQ:   \t\t 101\nGPU UUID: \t GPU-1\n';

describe('the GPUs of a system', () => {
  it('are those that a driver names, and those on the bus', () => {
    const root = systemWith('gpus', {
      'proc/driver/nvidia/gpus/0000:01:00.0/information': NVIDIA,
      'sys/class/drm/card0/device/vendor': '0x10de\n',
      'sys/class/drm/card1/device/vendor': '0x1002\n',
      'sys/class/drm/card1/device/device': '0x744c\n',
      'sys/class/drm/card1-HDMI-A-1/status': 'connected\n',
      'sys/class/drm/card2/dev': '226:2\n',
    });
    expect(systemGpus('linux', root)).toEqual(['NVIDIA H200', 'AMD 0x744c']);
  });

  it('are named without a driver, too', () => {
    const root = systemWith('no-driver', {
      'sys/class/drm/card0/device/vendor': '0x10de\n',
      'sys/class/drm/card0/device/device': '0x2330\n',
    });
    expect(systemGpus('linux', root)).toEqual(['NVIDIA 0x2330']);
  });

  it('are none where nothing says so, and unknown on other systems', () => {
    expect(systemGpus('linux', systemWith('no-gpu', {}))).toEqual([]);
    expect(systemGpus('darwin')).toBeUndefined();
  });
});

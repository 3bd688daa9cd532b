import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { hostileFiles } from './hostile-files.ts';

/** Of CPU time, because tests share their cores; quadratic work would take minutes. */
const SLOWEST_MILLISECONDS = 1500;

describe('hostile files end soon', () => {
  it.each(Object.entries(hostileFiles))('%s', (_, make) => {
    const bytes = make();
    const start = process.cpuUsage();
    const outcome = decodeMidi(bytes);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(SLOWEST_MILLISECONDS);
    if (!outcome.ok) expect(outcome.error.code).toMatch(/^midi_limit_/);
  });

  it('16 MB leave nothing behind: the next file finds the reader small again', () => {
    decodeMidi(hostileFiles['16 MB of running status, notes']?.() ?? new Uint8Array(0));
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 100; i++) decodeMidi(Uint8Array.of(0x4d, 0x54, 0x68, 0x64));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20);
  });
});

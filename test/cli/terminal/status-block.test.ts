import xterm from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barLine } from '../../../src/cli/terminal/bar-line.ts';
import { StatusBlock } from '../../../src/cli/terminal/status-block.ts';
import { cutToWidth, textWidth } from '../../../src/cli/terminal/text-width.ts';
import { wrapped } from '../../../src/cli/terminal/wrapped.ts';

/** A terminal of this size, and the block that is painted on it. */
function blockOn(columns: number, rows = 12) {
  const emulator = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 200,
    convertEol: true,
    allowProposedApi: true,
  });
  const stream = {
    columns,
    rows,
    write: (text: string) => {
      emulator.write(text);
      return true;
    },
  };
  const screen = async (): Promise<string[]> => {
    await new Promise<void>((resolve) => emulator.write('', resolve));
    const { active } = emulator.buffer;
    const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? '');
    while (lines.at(-1) === '') lines.pop();
    return lines;
  };
  const resize = (to: number): void => {
    emulator.resize(to, rows);
    stream.columns = to;
  };
  return { block: new StatusBlock(stream), screen, resize };
}

describe('a block of status lines', () => {
  it('stays below a notice that is longer than the window, which is whole', async () => {
    const { block, screen } = blockOn(30);
    const notice = 'no GPU can be used, the CPU encodes text; cuda: no driver (needs one)';
    block.paint(['midi  1/2', 'text  2/2']);
    block.above(notice);
    block.paint(['midi  2/2', 'text  2/2']);
    const lines = await screen();
    expect(lines.slice(-2)).toEqual(['midi  2/2', 'text  2/2']);
    expect(
      lines
        .slice(0, -2)
        .map((line) => line.trim())
        .join(' '),
    ).toBe(notice);
  });

  it('leaves every notice whole and nothing of an older frame, whatever the width', async () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,25}$/), { minLength: 1, maxLength: 12 });
    const step = fc.oneof(
      fc.record({ notice: words }),
      fc.record({ bars: fc.array(fc.stringMatching(/^#[A-Z]{1,60}$/), { maxLength: 4 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: 90 }), fc.array(step, { maxLength: 12 }), async (columns, steps) => {
        const { block, screen } = blockOn(columns);
        const notices: string[] = [];
        let bars: readonly string[] = [];
        for (const each of steps) {
          if ('notice' in each) {
            block.above(each.notice.join(' '));
            notices.push(each.notice.join(''));
          } else {
            bars = each.bars;
            block.paint(bars);
          }
        }
        const lines = await screen();
        const painted = bars.map((bar) => bar.slice(0, columns - 1));
        expect(lines.slice(lines.length - painted.length)).toEqual(painted);
        const above = lines.slice(0, lines.length - painted.length);
        expect(above.join('').replaceAll(' ', '')).toBe(notices.join(''));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [60, 25],
    [25, 60],
    [80, 7],
  ])('is one block after the window went from %i to %i columns', async (before, after) => {
    const { block, screen, resize } = blockOn(before);
    block.above('notice');
    block.paint(['midi  [====----] 12/50, 3 failed', 'text  [========] 50/50, 0 failed']);
    resize(after);
    block.paint(['MIDI', 'TEXT']);
    expect(await screen()).toEqual(['notice', 'MIDI', 'TEXT']);
  });

  it('is not longer than the window', async () => {
    const { block, screen } = blockOn(40, 3);
    for (const frame of ['a', 'b', 'c']) block.paint(['1', '2', '3', frame]);
    expect((await screen()).filter((line) => line === '1')).toEqual([]);
    expect((await screen()).at(-1)).toBe('c');
  });

  it('stays where it was when it is released', async () => {
    const { block, screen } = blockOn(40);
    block.paint(['midi  2/2']);
    block.release();
    block.above('Stopped.');
    block.paint(['merge 1/2']);
    expect(await screen()).toEqual(['midi  2/2', 'Stopped.', 'merge 1/2']);
  });
});

describe('a bar', () => {
  const state = { name: 'midi', done: 3, total: 4, facts: ['3/4', '12/s', '1 failed'] };

  it('gives way to what is said beside it, and the last facts to the first', () => {
    expect(barLine(state, 80)).toBe('midi  [==================------] 3/4, 12/s, 1 failed');
    expect(barLine(state, 36)).toBe('midi  [======--] 3/4, 12/s, 1 failed');
    expect(barLine(state, 26)).toBe('midi  3/4, 12/s, 1 failed');
    expect(barLine(state, 20)).toBe('midi  3/4, 12/s');
    expect(barLine(state, 8)).toBe('midi  3/');
  });

  it('never leaves its columns, and is full where there is nothing to do', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 100 }), (done, total, columns) => {
        expect(textWidth(barLine({ ...state, done, total }, columns))).toBeLessThanOrEqual(columns);
      }),
    );
    expect(barLine({ ...state, done: 0, total: 0 }, 80)).toContain(`[${'='.repeat(24)}]`);
  });
});

describe('text', () => {
  it('is wrapped between words and loses none', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^\S{1,12}$/)), fc.integer({ min: 1, max: 90 }), (words, columns) => {
        const text = wrapped(words.join(' '), columns);
        expect(text.split(/\s+/).join(' ')).toBe(words.join(' '));
        if (columns < 20) return;
        for (const line of text.split('\n')) {
          const isOneWord = line.trim().split(' ').length === 1;
          expect(isOneWord || textWidth(line) <= columns).toBe(true);
        }
      }),
    );
  });

  it('counts two columns for what is wide', () => {
    expect(textWidth('曲.mid')).toBe(6);
    expect(textWidth('⠿⠀é—')).toBe(4);
    expect(cutToWidth('曲曲曲', 5)).toBe('曲曲');
    expect(cutToWidth('👍a', 1)).toBe('');
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/engine/in-order.ts';

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('inOrder', () => {
  it('yields results in the order of the items, whatever finishes first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        async (delays, window) => {
          const work = async (item: { readonly position: number; readonly ms: number }) => {
            await sleep(item.ms);
            return item.position;
          };
          const items = delays.map((ms, position) => ({ position, ms }));
          expect(await collect(inOrder(each(items), window, work))).toEqual(items.map(({ position }) => position));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('never has more than the window in flight', async () => {
    let inFlight = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inFlight);
      await sleep(1);
      inFlight--;
    };
    await collect(inOrder(each(Array.from({ length: 50 })), 5, work));
    expect(most).toBe(5);
  });

  it('surfaces a failure at its turn, after every result before it', async () => {
    const seen: number[] = [];
    const work = async (item: number) => {
      if (item === 3) throw new Error('third');
      await sleep(5);
      return item;
    };
    const all = async () => {
      for await (const item of inOrder(each([0, 1, 2, 3, 4]), 4, work)) seen.push(item);
    };
    await expect(all()).rejects.toThrow('third');
    expect(seen).toEqual([0, 1, 2]);
  });

  it('leaves no work behind when its reader stops, which once started an encoder after it was closed', async () => {
    let inFlight = 0;
    const work = async () => {
      inFlight++;
      await sleep(5);
      inFlight--;
    };
    for await (const _ of inOrder(each([1, 2, 3, 4, 5]), 4, work)) break;
    expect(inFlight).toBe(0);
  });
});

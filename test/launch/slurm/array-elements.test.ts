import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planArray } from '../../../src/launch/slurm/array-elements.ts';

it('names elements as sbatch takes them', () => {
  expect(planArray(16, Array(16).keys(), 1001)).toEqual({ step: 16, elements: '0-15' });
  expect(planArray(16, [3, 7, 8, 9], 1001)).toEqual({ step: 16, elements: '3,7-9' });
  expect(planArray(5000, [4004], 1001)).toEqual({ step: 1001, elements: '0' });
});

it('has every wanted task in an element that Slurm allows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }).chain((tasks) =>
        fc.record({
          tasks: fc.constant(tasks),
          wanted: fc.uniqueArray(fc.integer({ min: 0, max: tasks - 1 }), { minLength: 1 }),
          max: fc.integer({ min: 1, max: 600 }),
        }),
      ),
      ({ tasks, wanted, max }) => {
        const { step, elements } = planArray(tasks, wanted, max);
        const numbers = elements.split(',').flatMap((range) => {
          const [first = 0, last = first] = range.split('-').map(Number);
          return Array.from({ length: last - first + 1 }, (_, at) => first + at);
        });
        expect(Math.max(...numbers)).toBeLessThan(max);
        const workedOff = new Set(
          numbers.flatMap((e) => Array.from({ length: tasks }, (_, t) => t).filter((t) => t % step === e)),
        );
        for (const task of wanted) expect(workedOff).toContain(task);
      },
    ),
  );
});

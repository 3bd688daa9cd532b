/**
 * Tests that kill, wait and start processes by the dozen: `npm run test:slow`, which CI runs. What they try has a short form in
 * `npm test` (`test/robustness/rigs.test.ts`, `test/robustness/updates.test.ts`, and the tests of the same rooms).
 */
export const SLOW_TESTS: readonly string[] = [
  'test/checkpoint/moved-stage.test.ts',
  'test/checkpoint/system-calls.test.ts',
  'test/cli/checkpoint-preemption.test.ts',
  'test/cli/terminal/run-on-terminal.test.ts',
  'test/cli/text-encoder.test.ts',
  'test/dataset/stopped-merge.test.ts',
  'test/docs/collections.test.ts',
  'test/engine/encoder-client.test.ts',
  'test/pipeline/changed-inputs.test.ts',
  'test/pipeline/lost-and-found.test.ts',
  'test/pipeline/recipe.test.ts',
  'test/pipeline/resume.test.ts',
  'test/pipeline/update/update.test.ts',
  'test/report/real-reports.test.ts',
];

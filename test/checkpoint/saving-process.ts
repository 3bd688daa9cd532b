/** A process that saves, to be killed or disturbed from outside: adds pairs 3 to 5 to the stage in the given directory. */
import { openStageStore } from '../../src/checkpoint/open-stage-store.ts';
import { codeOf, messageOf } from '../../src/errors.ts';
import { context, mainPass, optionsFor } from './stage-fixture.ts';

try {
  const { store } = await openStageStore(optionsFor(process.argv[2] ?? ''));
  await store.commit(mainPass(3, 5), context);
  console.log('confirmed');
} catch (error) {
  console.log(codeOf(error) ?? messageOf(error));
}

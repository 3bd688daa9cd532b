import { reportRun } from '../../operations/report-run.ts';
import { runOverview } from '../../operations/run-overview.ts';
import { validateRun } from '../../operations/validate-run.ts';
import { verifyRun } from '../../operations/verify/verify-run.ts';
import { counted } from '../../report/format-number.ts';
import { prepared } from './action.ts';

/** Actions that change nothing that a run has made. */
export const LOOK_ACTIONS = {
  validate: prepared({
    read: () => undefined,
    command: ({ directory }) => ['midiloom', 'checkpoint', 'validate', directory],
    foresee: async (files) => {
      const { stages } = await runOverview(files, new Date());
      const segments = stages.midi.segments + stages.text.segments;
      return {
        will: [
          `Reads every record of ${counted(segments, 'segment')} and names the first that is not good. Changes nothing.`,
        ],
        discards: [],
      };
    },
    perform: (files, _, { signal }) => validateRun(files, { signal }),
  }),
  verify: prepared({
    read: () => undefined,
    command: ({ directory }) => ['midiloom', 'verify', directory],
    foresee: async () => ({
      will: ['Reads the data set and everything that it came from, and names what differs. Changes nothing.'],
      discards: [],
    }),
    perform: (files) => verifyRun(files),
  }),
  report: prepared({
    read: () => undefined,
    command: ({ directory }) => ['midiloom', 'report', directory],
    foresee: async () => ({ will: ['Writes report.html anew, from what is done by now.'], discards: [] }),
    perform: async (files, _, { signal, log }) => (await reportRun(files, { signal, log })).facts,
  }),
};

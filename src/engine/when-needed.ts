import type { EncoderClient } from './encoder-client.ts';

/** An encoder client that is made at its first window: what it needs may not be there where nothing is to be encoded. */
export function whenNeeded(create: () => Promise<EncoderClient>): EncoderClient {
  let client: Promise<EncoderClient> | undefined;
  return {
    run: async (jobs) => {
      client ??= create();
      return (await client).run(jobs);
    },
    close: async () => {
      // Why it could not be made, whoever wanted it was told.
      await client?.then(
        (made) => made.close(),
        () => {},
      );
    },
  };
}

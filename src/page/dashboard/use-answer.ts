import { useEffect, useState } from 'preact/hooks';
import { ask } from './ask-server.ts';

export interface Asked<Answer> {
  /** The latest answer: also while it is asked again. */
  readonly value: Answer | undefined;
  readonly error: Error | undefined;
}

/** An answer of the server, asked anew whenever the path or `version` is another; `undefined` asks for nothing. */
export function useAnswer<Answer>(path: string | undefined, version: number | string = 0): Asked<Answer> {
  const [asked, setAsked] = useState<Asked<Answer> & { readonly path: string | undefined }>(() => NOTHING);
  useEffect(() => {
    if (path === undefined) return;
    const controller = new AbortController();
    ask<Answer>(path, controller.signal).then(
      (value) => setAsked({ value, error: undefined, path }),
      (error: Error) => {
        if (!controller.signal.aborted) setAsked(({ value }) => ({ value, error, path }));
      },
    );
    return () => controller.abort();
  }, [path, version]);
  return asked.path === path ? asked : NOTHING;
}

const NOTHING = { value: undefined, error: undefined, path: undefined } as const;

import type { JSX } from 'preact';
import { ServerError } from './ask-server.ts';

/** What went wrong, and what to do. */
export function Notice({ error }: { readonly error: Error }): JSX.Element {
  const isRefused = error instanceof ServerError && error.status === 401;
  return (
    <div class="notice" role="alert">
      <strong>{isRefused ? 'A token is needed' : 'This cannot be shown'}</strong>
      <p>
        {error instanceof ServerError
          ? error.message
          : 'The server does not answer. Is midiloom dashboard still running? The page goes on by itself when it is back.'}
        {error instanceof ServerError && <small> [{error.code}]</small>}
      </p>
    </div>
  );
}

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Hello } from '../../dashboard/wire.ts';
import { startTheme } from '../theme.ts';
import { RunList } from './run-list.tsx';
import { RunPage } from './run-page.tsx';
import { useAnswer } from './use-answer.ts';
import { useRoute } from './use-route.ts';

export function App(): JSX.Element {
  const [isOpen, setOpen] = useState(true);
  const [place, id, ...rest] = useRoute();
  const hello = useAnswer<Hello>('hello', Number(isOpen));
  const onState = useCallback((open: boolean) => setOpen(open), []);
  useEffect(startTheme, []);
  const isRun = place === 'runs' && id !== undefined;
  return (
    <>
      <button type="button" class="skip" onClick={skipToMain}>
        Skip to the content
      </button>
      <header class="bar">
        <div class="inner">
          <a class="product" href="#/">
            <img src="/icon.svg" alt="" width="22" height="22" /> midiloom
          </a>
          <span class={`connection ${isOpen ? 'open' : 'lost'}`} role="status">
            {isOpen ? 'live' : 'server is away, trying again'}
          </span>
          <button type="button" id="theme" hidden>
            Theme: system
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {isRun ? (
          <RunPage key={id} id={id} place={rest} mayManage={hello.value?.manage === true} onState={onState} />
        ) : (
          <RunList onState={onState} />
        )}
      </main>
      <footer>
        {hello.value !== undefined && (
          <p>
            midiloom {hello.value.version}
            {hello.value.manage ? '' : ', for looking only: --manage lets it change runs'}
          </p>
        )}
      </footer>
    </>
  );
}

/** A link into the page would lead to another one: the address says which it is. */
function skipToMain(): void {
  document.getElementById('main')?.focus();
}

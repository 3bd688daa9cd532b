import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PairDetail, StagePairState } from '../../dashboard/wire.ts';
import { startPlayers } from '../player/players.ts';
import { moment } from './format-time.ts';
import { Notice } from './notice.tsx';
import { useAnswer } from './use-answer.ts';

interface PairDialogProps {
  readonly run: string;
  readonly index: number;
  readonly version: number;
}

/** One pair over the table: what became of it, how it looks and sounds, and what the manifest says. */
export function PairDialog({ run, index, version }: PairDialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const { value, error } = useAnswer<PairDetail>(`runs/${run}/pairs/${index}`, version);
  const list = `#/runs/${run}/pairs`;
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      class="pair-dialog"
      ref={dialog}
      aria-labelledby="pair-title"
      onCancel={(event) => {
        event.preventDefault();
        location.hash = list;
      }}
      onClick={(event) => {
        if (event.target === dialog.current) location.hash = list;
      }}
    >
      <div class="inside">
        <header>
          <h2 id="pair-title">Pair {index}</h2>
          <a href={`#/runs/${run}/pairs/${Math.max(0, index - 1)}`} aria-disabled={index === 0}>
            Previous
          </a>
          <a href={`#/runs/${run}/pairs/${index + 1}`}>Next</a>
          <button type="button" onClick={() => (location.hash = list)}>
            Close
          </button>
        </header>
        {error !== undefined && value === undefined && <Notice error={error} />}
        {value !== undefined && <Detail detail={value} />}
      </div>
    </dialog>
  );
}

function Detail({ detail: { row, card, manifest } }: { readonly detail: PairDetail }): JSX.Element {
  return (
    <>
      <dl class="outcomes">
        <Outcome name="MIDI" state={row.midi} />
        <Outcome name="Text" state={row.text} />
      </dl>
      {card !== null && <Card markup={card.markup} play={card.play} />}
      {card === null && row.caption !== null && (
        <p class="caption" dir="auto">
          {row.caption}
        </p>
      )}
      <h3>In the manifest</h3>
      {manifest === null ? (
        <p class="empty">The manifest cannot be read any more, or says something else of this pair by now.</p>
      ) : (
        <pre class="manifest" tabIndex={0}>
          {manifest}
        </pre>
      )}
    </>
  );
}

function Outcome({ name, state }: { readonly name: string; readonly state: StagePairState }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong class={`is-${state.state}`}>{state.state.replace('_', ' ')}</strong>
        {state.code !== undefined && <code> {state.code}</code>}
        {state.error !== undefined && <span>: {state.error}</span>}
        {state.timestamp !== undefined && <small> {moment(state.timestamp)}</small>}
      </dd>
    </div>
  );
}

/** The report's card; the server has escaped its texts. */
function Card({ markup, play }: NonNullable<PairDetail['card']>): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current === null ? undefined : startPlayers([play], box.current)), [markup]);
  return <div class="the-card" ref={box} dangerouslySetInnerHTML={{ __html: markup }} />;
}

import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import type { PairRow, PairStateName, RunView } from '../../dashboard/wire.ts';
import { whole } from '../../report/format-number.ts';
import { PairDialog } from './pair-dialog.tsx';
import { useNarrow } from './use-narrow.ts';
import { usePairRows } from './use-pair-rows.ts';
import { VirtualTable } from './virtual-table.tsx';

interface RunPairsProps {
  readonly view: RunView;
  /** The pair that the address names. */
  readonly open: number | undefined;
  readonly version: number;
}

const STATES: readonly PairStateName[] = ['failed', 'skipped', 'foreign', 'in_progress', 'pending', 'completed'];

/** Every pair of a run, however many. */
export function RunPairs({ view: { run }, open, version }: RunPairsProps): JSX.Element {
  const [state, setState] = useState('');
  const [goTo, setGoTo] = useState<number>();
  const { total, rowAt, show } = usePairRows(run.id, state, version);
  const isNarrow = useNarrow();
  const onRange = useCallback((first: number, last: number) => show(first, last), [show]);
  return (
    <section aria-labelledby="pairs-title">
      <h2 id="pairs-title">Pairs</h2>
      <form
        class="controls"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = Number(new FormData(event.currentTarget).get('index'));
          if (Number.isInteger(wanted) && wanted >= 0) location.hash = `#/runs/${run.id}/pairs/${wanted}`;
          setGoTo(state === '' ? wanted : undefined);
        }}
      >
        <label>
          State
          <select
            value={state}
            onChange={({ currentTarget }) => {
              setState(currentTarget.value);
              setGoTo(0);
            }}
          >
            <option value="">any</option>
            {STATES.map((each) => (
              <option key={each} value={each}>
                {each.replace('_', ' ')}
              </option>
            ))}
          </select>
        </label>
        <label>
          Pair
          <input name="index" inputMode="numeric" pattern="[0-9]{1,10}" placeholder="number" size={9} required />
        </label>
        <button type="submit">Open</button>
        <output>{total === undefined ? 'reading…' : `${whole(total)} pairs`}</output>
      </form>
      {total === 0 ? (
        <p class="empty">{state === '' ? 'The run has come to no pair yet.' : 'No pair is in this state.'}</p>
      ) : (
        <VirtualTable
          label="Pairs"
          className="pairs"
          total={total ?? 0}
          rowHeight={isNarrow ? 84 : 44}
          showAt={goTo}
          keyOf={(at) => at}
          header={<Header />}
          row={(at) => <Cells run={run.id} row={rowAt(at)} />}
          onRange={onRange}
        />
      )}
      {open !== undefined && <PairDialog run={run.id} index={open} version={version} />}
    </section>
  );
}

function Header(): JSX.Element {
  return (
    <>
      {[
        ['index-of', 'Pair'],
        ['status', 'State'],
        ['caption-of', 'Caption'],
        ['file-of', 'MIDI'],
        ['tokens-count', 'Tokens'],
      ].map(([name, title]) => (
        <span key={name} role="columnheader" class={name}>
          {title}
        </span>
      ))}
    </>
  );
}

function Cells({ run, row }: { readonly run: string; readonly row: PairRow | undefined }): JSX.Element {
  if (row === undefined) return <span role="cell" class="index-of unread" />;
  const { index, state, midi, text, caption, midi_file: file, tokens } = row;
  const codes = [...new Set([midi.code, text.code].flatMap((code) => code ?? []))];
  return (
    <>
      <span role="cell" class="index-of">
        <a href={`#/runs/${run}/pairs/${index}`} aria-label={`Pair ${index}`}>
          {index}
        </a>
      </span>
      <span role="cell" class={`status is-${state}`} title={midi.error ?? text.error}>
        {codes.length > 0 ? codes.join(', ') : state.replace('_', ' ')}
      </span>
      <span role="cell" class="caption-of" dir="auto">
        {caption ?? ''}
      </span>
      <span role="cell" class="file-of">
        <bdi>{file ?? ''}</bdi>
      </span>
      <span role="cell" class="tokens-count">
        {tokens === null ? '' : whole(tokens)}
      </span>
    </>
  );
}

import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Foreseen, JobView, RunView } from '../../dashboard/wire.ts';
import { whole } from '../../report/format-number.ts';
import { send } from './ask-server.ts';
import { JobCard } from './job-card.tsx';
import { Notice } from './notice.tsx';
import { useAnswer } from './use-answer.ts';

interface RunManageProps {
  readonly view: RunView;
  /** Changes with every job and every change of the run. */
  readonly version: number;
}

/** What may be done with a run; each action says what it would do before it does. */
export function RunManage({ view, version }: RunManageProps): JSX.Element {
  const { run, failure_codes: codes, skip } = view;
  const jobs = useAnswer<readonly JobView[]>(`runs/${run.id}/jobs`, version);
  const latest = [...(jobs.value ?? [])].reverse();
  return (
    <section aria-labelledby="manage-title">
      <h2 id="manage-title">Manage</h2>
      {latest.length > 0 && (
        <div class="jobs">
          {latest.slice(0, 5).map((job) => (
            <JobCard key={job.id} job={job} />
          ))}
        </div>
      )}
      <div class="actions">
        {run.running !== null && (
          <ActionForm
            run={run.id}
            action="stop"
            title="Stop the run"
            button="Stop"
            lead="It finishes what is in flight, saves and stops; the next midiloom process goes on."
          />
        )}
        <ActionForm
          run={run.id}
          action="retry"
          title="Retry failed pairs"
          button="Retry"
          lead="They become pending: the next midiloom process tries them once more."
          optionsOf={retryOptions}
        >
          <label>
            Which
            <select name="code">
              <option value="">all that failed</option>
              {Object.entries(codes).map(([code, count]) => (
                <option key={code} value={code}>
                  {code} ({whole(count)})
                </option>
              ))}
            </select>
          </label>
          <Indexes label="or these pairs" isRequired={false} />
        </ActionForm>
        <ActionForm
          run={run.id}
          action="skip"
          title="Skip pairs"
          button="Skip"
          lead="They are never tried, whether they failed or were not reached yet."
          optionsOf={indexOptions}
        >
          <Indexes label="Pairs" isRequired />
        </ActionForm>
        {skip.length > 0 && (
          <ActionForm
            run={run.id}
            action="unskip"
            title="Take back skipping"
            button="Unskip"
            lead={`Skipped: ${skip.slice(0, 40).join(', ')}${skip.length > 40 ? ', …' : ''}.`}
            optionsOf={indexOptions}
          >
            <Indexes label="Pairs" isRequired />
          </ActionForm>
        )}
        <ActionForm
          run={run.id}
          action="validate"
          title="Validate"
          button="Validate"
          lead="Reads every segment and record of the checkpoints."
        />
        <ActionForm
          run={run.id}
          action="verify"
          title="Verify the data set"
          button="Verify"
          lead="Checks it against its checksums, its checkpoints, its manifest and its files."
        />
        <ActionForm
          run={run.id}
          action="merge"
          title="Merge"
          button="Merge"
          lead="Writes the data set anew, with other splits, filters or formats."
          optionsOf={rowOptions}
        >
          <Formats />
          <RowFields />
        </ActionForm>
        <ActionForm
          run={run.id}
          action="export"
          title="Export the data set"
          button="Export"
          lead="For other formats and programs, to a folder in the run directory."
          optionsOf={rowOptions}
        >
          <label>
            Name
            <input name="name" required pattern="[A-Za-z0-9_][A-Za-z0-9._\-]*" placeholder="for-training" />
          </label>
          <label>
            To
            <select name="to">
              {TARGETS.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
          <RowFields />
        </ActionForm>
        <ActionForm
          run={run.id}
          action="export_checkpoint"
          title="Export the checkpoint"
          button="Export"
          lead="One JSON file with all records, which another machine goes on with."
          optionsOf={plainOptions}
        >
          <label>
            Name
            <input name="name" required pattern="[A-Za-z0-9_][A-Za-z0-9._\-]*" placeholder="run.json.gz" />
          </label>
          <Stage />
        </ActionForm>
        <ActionForm
          run={run.id}
          action="report"
          title="Write the report"
          button="Write"
          lead="From what is done by now; also while the run is going."
        />
        <ActionForm
          run={run.id}
          action="reset"
          title="Reset"
          button="Reset"
          isDangerous
          lead="Takes stages back to nothing: the next run makes them again."
          optionsOf={plainOptions}
        >
          <Stage />
        </ActionForm>
        <ActionForm
          run={run.id}
          action="cleanup"
          title="Clean up"
          button="Clean up"
          isDangerous
          lead="Deletes checkpoints that are of no use any more; never data sets."
          optionsOf={cleanupOptions}
        >
          <label>
            Not saved for hours
            <input name="older_than" inputMode="numeric" pattern="[0-9]{1,6}" placeholder="168" size={6} />
          </label>
          <label class="check">
            <input type="checkbox" name="invalid" /> those that cannot be continued
          </label>
        </ActionForm>
      </div>
    </section>
  );
}

const TARGETS = [
  'parquet',
  'jsonl',
  'json',
  'msgpack',
  'webdataset',
  'npy',
  'captions',
  'text2midi',
  'midi-llm',
  'aria',
  'hf-folder',
  'hf_tokenizer',
];

function Indexes({ label, isRequired }: { readonly label: string; readonly isRequired: boolean }): JSX.Element {
  return (
    <label>
      {label}
      <input name="indexes" required={isRequired} pattern="[0-9,\s\-]+" placeholder="7 or 3,5 or 10-20" />
    </label>
  );
}

function Stage(): JSX.Element {
  return (
    <label>
      Stage
      <select name="stage">
        <option value="">both</option>
        <option value="midi">MIDI</option>
        <option value="text">text</option>
      </select>
    </label>
  );
}

function Formats(): JSX.Element {
  return (
    <label>
      Formats
      <input name="output_format" placeholder="as before, or parquet,jsonl" />
    </label>
  );
}

function RowFields(): JSX.Element {
  return (
    <>
      <label>
        Splits
        <input name="split" placeholder="as before, or train=0.9,test=0.1" />
      </label>
      <label>
        Filters
        <input name="filter" placeholder="as before, or n_notes>=50" />
      </label>
      <label class="check">
        <input type="checkbox" name="save_partial" /> what is done, though pairs are pending
      </label>
    </>
  );
}

type Options = Readonly<Record<string, unknown>>;

function plainOptions(form: FormData): Options {
  return Object.fromEntries([...form].filter(([, value]) => value !== ''));
}

function rowOptions(form: FormData): Options {
  return { ...plainOptions(form), save_partial: form.get('save_partial') !== null };
}

function retryOptions(form: FormData): Options {
  const { code, indexes } = plainOptions(form);
  return { ...(code === undefined ? {} : { codes: [code] }), ...(indexes === undefined ? {} : { indexes: [indexes] }) };
}

function indexOptions(form: FormData): Options {
  return { indexes: [String(form.get('indexes'))] };
}

function cleanupOptions(form: FormData): Options {
  const hours = String(form.get('older_than'));
  return { ...(hours === '' ? {} : { older_than: Number(hours) }), invalid: form.get('invalid') !== null };
}

interface ActionFormProps {
  readonly run: string;
  readonly action: string;
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  readonly isDangerous?: boolean;
  readonly optionsOf?: (form: FormData) => Options;
  readonly children?: ComponentChildren;
}

/** First what would be done, then, if that is wanted, the doing. */
function ActionForm(props: ActionFormProps): JSX.Element {
  const { run, action, title, lead, button, isDangerous = false, optionsOf = () => ({}), children } = props;
  const [asked, setAsked] = useState<{ readonly options: Options; readonly foreseen: Foreseen }>();
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const talk = (work: Promise<void>): void => {
    setBusy(true);
    setError(undefined);
    work.catch((reason: Error) => setError(reason)).finally(() => setBusy(false));
  };
  const foresee = async (options: Options): Promise<void> =>
    setAsked({ options, foreseen: await send<Foreseen>(`runs/${run}/foresee/${action}`, { options }) });
  const perform = async (options: Options): Promise<void> => {
    await send(`runs/${run}/actions/${action}`, { options, confirmed: true });
    setAsked(undefined);
  };
  return (
    <form
      class="card action"
      aria-label={title}
      onInput={() => setAsked(undefined)}
      onSubmit={(event) => {
        event.preventDefault();
        talk(foresee(optionsOf(new FormData(event.currentTarget))));
      }}
    >
      <h3>{title}</h3>
      <p class="lead">{lead}</p>
      {children !== undefined && <div class="fields">{children}</div>}
      {error !== undefined && <Notice error={error} />}
      {asked === undefined ? (
        <button type="submit" disabled={isBusy}>
          {button}…
        </button>
      ) : (
        <Confirmation
          foreseen={asked.foreseen}
          button={button}
          isDangerous={isDangerous || asked.foreseen.discards.length > 0}
          isBusy={isBusy}
          onYes={() => talk(perform(asked.options))}
          onNo={() => setAsked(undefined)}
        />
      )}
    </form>
  );
}

interface ConfirmationProps {
  readonly foreseen: Foreseen;
  readonly button: string;
  readonly isDangerous: boolean;
  readonly isBusy: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function Confirmation({ foreseen, button, isDangerous, isBusy, onYes, onNo }: ConfirmationProps): JSX.Element {
  const { will, discards, command } = foreseen;
  return (
    <div class="confirmation" role="status">
      {will.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {discards.length > 0 && (
        <div class="discards">
          <strong>Discarded:</strong>
          <ul>
            {discards.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      <p class="same">
        The same on the command line: <code>{command}</code>
      </p>
      <p class="answers">
        <button type="button" class={isDangerous ? 'danger' : 'primary'} disabled={isBusy} onClick={onYes}>
          {button}
        </button>
        <button type="button" disabled={isBusy} onClick={onNo}>
          Leave it
        </button>
      </p>
    </div>
  );
}

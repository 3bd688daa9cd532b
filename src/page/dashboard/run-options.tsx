import type { JSX } from 'preact';
import type { OptionView } from '../../dashboard/wire.ts';

/** How the run is made, and what was another in earlier sessions. */
export function RunOptions({ options }: { readonly options: readonly OptionView[] }): JSX.Element {
  return (
    <section aria-labelledby="options-title">
      <h2 id="options-title">Options</h2>
      {options.length === 0 ? (
        <p class="empty">No session has noted its options; those of earlier versions of midiloom did not.</p>
      ) : (
        <>
          <p class="lead">Those of the latest session; all others are as they are by default.</p>
          <div class="scroll" tabIndex={0} role="region" aria-label="Table of options">
            <table class="options">
              <thead>
                <tr>
                  <th scope="col">Option</th>
                  <th scope="col">Value</th>
                  <th scope="col">Before</th>
                </tr>
              </thead>
              <tbody>
                {options.map(({ name, value, before }) => (
                  <tr key={name}>
                    <th scope="row">
                      <code>--{name}</code>
                    </th>
                    <td>
                      <bdi>{value}</bdi>
                    </td>
                    <td>
                      {before.map((each) => (
                        <div key={each.session_id}>
                          <bdi>{each.value}</bdi> <small>until session {each.session_id}</small>
                        </div>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root !== null) {
  // The token is in a cookie by now; it is not to stay in the address, nor in the history.
  if (location.search !== '') history.replaceState(null, '', `/${location.hash}`);
  root.replaceChildren();
  render(<App />, root);
}

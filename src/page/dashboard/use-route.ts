import { useEffect, useState } from 'preact/hooks';

/** Where the page is: the part of the address behind `#/`, cut at its slashes. */
export function useRoute(): readonly string[] {
  const [route, setRoute] = useState(currentRoute);
  useEffect(() => {
    const follow = (): void => setRoute(currentRoute());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

function currentRoute(): readonly string[] {
  return location.hash.replace(/^#\/?/, '').split('/').filter(Boolean);
}

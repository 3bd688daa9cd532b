import type { CardData } from '../../report/page-data.ts';

interface Card {
  readonly element: HTMLElement;
  readonly data: CardData;
  /** Everything that can be searched for, in lower case. */
  readonly text: string;
}

/** Searching, filtering and sorting of the pairs. */
export function startGallery(cards: readonly CardData[]): void {
  const gallery = document.getElementById('gallery');
  const search = document.querySelector<HTMLInputElement>('#search');
  const sort = document.querySelector<HTMLSelectElement>('#sort');
  const order = document.getElementById('order');
  const found = document.getElementById('found');
  const none = document.getElementById('none');
  if (gallery === null || search === null || sort === null || order === null || found === null || none === null) return;
  const filters = [...document.querySelectorAll<HTMLSelectElement>('select[data-filter]')];
  const all = [...gallery.querySelectorAll<HTMLElement>('.pair')].flatMap((element, at): Card[] => {
    const data = cards[at];
    return data === undefined ? [] : [{ element, data, text: (element.textContent ?? '').toLowerCase() }];
  });
  let isDescending = false;

  const show = (): void => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = filters.filter(({ value }) => value !== '');
    const isShown = ({ text, data }: Card): boolean =>
      words.every((word) => text.includes(word)) &&
      wanted.every(({ value, dataset }) => data.filter[dataset.filter ?? '']?.includes(value) ?? false);
    let count = 0;
    for (const card of [...all].sort((a, b) => compare(a.data, b.data, sort.value, isDescending))) {
      const shown = isShown(card);
      card.element.hidden = !shown;
      if (shown) count++;
      gallery.append(card.element);
    }
    found.textContent = `${count} shown`;
    none.hidden = count > 0;
  };

  search.addEventListener('input', show);
  for (const box of [sort, ...filters]) box.addEventListener('change', show);
  order.addEventListener('click', () => {
    isDescending = !isDescending;
    order.setAttribute('aria-pressed', String(isDescending));
    show();
  });
  search.form?.addEventListener('submit', (event) => event.preventDefault());
}

/** What has no value comes last either way. */
function compare(a: CardData, b: CardData, name: string, isDescending: boolean): number {
  const [x, y] = [a.sort[name] ?? null, b.sort[name] ?? null];
  if (x === null || y === null) return Number(x === null) - Number(y === null);
  return (isDescending ? y - x : x - y) || (a.sort.index ?? 0) - (b.sort.index ?? 0);
}

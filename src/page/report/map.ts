import type { PointData } from '../../report/page-data.ts';

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Pixels of the picture within which a pointer means a point. */
const REACH = 24;

/** The map's colours and what it says of the point under the pointer, or under the keyboard. */
export function startMap(points: readonly PointData[]): void {
  const plane = document.getElementById('plane');
  const tip = document.getElementById('tip');
  const said = document.getElementById('point');
  const svg = plane?.querySelector<SVGSVGElement>('svg.map') ?? null;
  const ring = svg?.querySelector<SVGCircleElement>('.ring') ?? null;
  if (plane === null || tip === null || said === null || svg === null || ring === null) return;
  const box = plane.closest<HTMLElement>('.mapbox');
  for (const choice of document.querySelectorAll<HTMLInputElement>('input[name=colour]')) {
    choice.addEventListener('change', () => {
      if (choice.checked && box !== null) box.dataset.colour = choice.value;
    });
  }
  let current: PointData | undefined;
  const show = (point: PointData | undefined): void => {
    current = point;
    tip.hidden = point === undefined;
    ring.setAttribute('cx', String(point?.x ?? -99));
    ring.setAttribute('cy', String(point?.y ?? -99));
    if (point !== undefined) placeTip(tip, point, svg);
  };

  plane.addEventListener('pointermove', (event) => show(nearest(points, toPicture(svg, event), REACH)));
  plane.addEventListener('pointerleave', () => show(undefined));
  plane.addEventListener('blur', () => show(undefined));
  plane.addEventListener('click', () => followTo(current));
  plane.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') followTo(current);
    const direction = DIRECTIONS[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const { width, height } = svg.viewBox.baseVal;
    const next =
      current === undefined ? nearest(points, [width / 2, height / 2], width) : towards(points, current, direction);
    if (next === undefined) return;
    show(next);
    said.textContent = `${next.name}, ${next.facts}: ${next.caption}`;
  });
}

function toPicture(svg: SVGSVGElement, { clientX, clientY }: PointerEvent): readonly [number, number] {
  const { left, top, width } = svg.getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width / width;
  return [(clientX - left) * scale, (clientY - top) * scale];
}

function nearest(
  points: readonly PointData[],
  [x, y]: readonly [number, number],
  reach: number,
): PointData | undefined {
  let [found, least]: [PointData | undefined, number] = [undefined, reach];
  for (const point of points) {
    const distance = Math.hypot(point.x - x, point.y - y);
    if (distance < least) [found, least] = [point, distance];
  }
  return found;
}

/** The closest point that lies more in the direction than beside it. */
function towards(
  points: readonly PointData[],
  from: PointData,
  [right, down]: readonly [number, number],
): PointData | undefined {
  let [found, least]: [PointData | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const point of points) {
    const along = (point.x - from.x) * right + (point.y - from.y) * down;
    const beside = Math.abs((point.x - from.x) * down) + Math.abs((point.y - from.y) * right);
    if (along < 1 || beside > along) continue;
    const distance = along + 2 * beside;
    if (distance < least) [found, least] = [point, distance];
  }
  return found;
}

function placeTip(tip: HTMLElement, point: PointData, svg: SVGSVGElement): void {
  const name = document.createElement('strong');
  name.textContent = point.name;
  const caption = document.createElement('span');
  caption.textContent = point.caption;
  caption.dir = 'auto';
  const facts = document.createElement('small');
  facts.textContent = point.card === null ? point.facts : `${point.facts} · click to hear it`;
  tip.replaceChildren(name, caption, facts);
  const { width, height } = svg.viewBox.baseVal;
  tip.style.left = `${(100 * point.x) / width}%`;
  tip.style.top = `${(100 * point.y) / height}%`;
  tip.classList.toggle('leftward', point.x > width / 2);
  tip.classList.toggle('upward', point.y > height / 2);
}

function followTo(point: PointData | undefined): void {
  if (point?.card === undefined || point.card === null) return;
  const card = document.getElementById(point.card);
  if (card === null) return;
  card.hidden = false;
  card.scrollIntoView({ block: 'center' });
  card.querySelector<HTMLElement>('.play')?.focus();
}

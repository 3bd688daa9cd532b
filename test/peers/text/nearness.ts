import type { TextEncoder } from '../../../src/text/text-encoder.ts';
import { cosine } from './vector-agreement.ts';

/** What captions say, and each in two wordings: what is the same need not be the letters. Keys have but one. */
const ATTRIBUTES = {
  instrument: [
    ['piano', 'keyboard'],
    ['violin', 'fiddle'],
    ['drums', 'percussion'],
    ['trumpet', 'brass'],
  ],
  tempo: [
    ['slow', 'unhurried'],
    ['fast', 'rapid'],
  ],
  mood: [
    ['sad', 'mournful'],
    ['happy', 'joyful'],
  ],
  key: [['C major'], ['A minor'], ['E-flat major'], ['F sharp minor']],
} as const;
export type Attribute = keyof typeof ATTRIBUTES;

/** The number of the value of each attribute. */
type Content = Readonly<Record<Attribute, number>>;

/**
 * How often, of two captions that differ in one attribute alone, the one that shares it with a third is nearer to that third:
 * 0.5 is by chance, 1 is always. Over all captions and pairs that the attributes give.
 *
 * @param wording - of the two: 0 for the words of the third, 1 for others that mean the same.
 */
export async function nearness(encoder: TextEncoder, attribute: Attribute, wording: 0 | 1): Promise<number> {
  const contents = allContents();
  const asked = await vectorsOf(
    encoder,
    contents.map((content) => textOf(content, attribute, 0)),
  );
  const found = await vectorsOf(
    encoder,
    contents.map((content) => textOf(content, attribute, wording)),
  );
  let nearer = 0;
  let pairs = 0;
  for (const [third, of] of contents.entries()) {
    const near = found.map((vector) => cosine(asked[third] ?? [], vector));
    for (const [same, content] of contents.entries()) {
      if (content[attribute] !== of[attribute] || same === third) continue;
      for (const [other, changed] of contents.entries()) {
        if (changed[attribute] === of[attribute] || !isLikeBut(attribute, content, changed)) continue;
        pairs++;
        if ((near[same] ?? 0) > (near[other] ?? 0)) nearer++;
      }
    }
  }
  return nearer / pairs;
}

function allContents(): readonly Content[] {
  const names = Object.keys(ATTRIBUTES) as Attribute[];
  return names.reduce<readonly Content[]>(
    (contents, name) =>
      contents.flatMap((content) => ATTRIBUTES[name].map((_, value) => ({ ...content, [name]: value }))),
    [{ instrument: 0, tempo: 0, mood: 0, key: 0 }],
  );
}

function textOf(content: Content, attribute: Attribute, wording: 0 | 1): string {
  const word = (name: Attribute): string => ATTRIBUTES[name][content[name]]?.[name === attribute ? wording : 0] ?? '';
  return `A ${word('tempo')}, ${word('mood')} piece for ${word('instrument')} in ${word('key')}.`;
}

function isLikeBut(attribute: Attribute, a: Content, b: Content): boolean {
  return (Object.keys(ATTRIBUTES) as Attribute[]).every((name) => name === attribute || a[name] === b[name]);
}

async function vectorsOf(encoder: TextEncoder, texts: readonly string[]): Promise<readonly (readonly number[])[]> {
  return (await encoder.encode(texts)).map(({ embedding }) => [...(embedding ?? [])]);
}

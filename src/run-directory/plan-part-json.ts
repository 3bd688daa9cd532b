import type { Fields } from '../checkpoint/fields.ts';
import type { JsonObject } from '../checkpoint/json.ts';
import type { PlanPart } from '../manifest/plan-part.ts';

/** A part of a plan as files keep it. */
export function planPartJson({ first, end, hash, link }: PlanPart): JsonObject {
  const { position, ...place } = link;
  return { first, end, hash, link: { ...place, part: position.part, offset: position.offset } };
}

export function parsePlanPart(fields: Fields): PlanPart {
  const link = fields.object('link');
  return {
    first: fields.integer('first'),
    end: fields.integer('end'),
    hash: fields.text('hash'),
    link: {
      index: link.integer('index'),
      digest: link.text('digest'),
      first: link.integer('first'),
      ordinal: link.integer('ordinal'),
      position: { part: link.integer('part'), offset: link.integer('offset') },
    },
  };
}

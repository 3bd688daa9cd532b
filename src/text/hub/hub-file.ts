import { askHub } from './ask-hub.ts';
import { errorOfStatus } from './hub-error.ts';
import type { HubRequest } from './hub-request.ts';

/** A file on the hub, by what the hub says of it. */
export interface HubFile {
  /** In the model, with `/`. */
  readonly path: string;
  readonly url: string;
  /** `undefined` where the server does not say. */
  readonly sizeBytes: number | undefined;
  /** SHA-256 of a large file, the id of a blob of Git (SHA-1) of a small one; `undefined` where the server says neither. */
  readonly checksum: { readonly kind: 'sha256' | 'git'; readonly hex: string } | undefined;
  /** The commit that the revision is now; `undefined` where the server does not say. */
  readonly commit: string | undefined;
}

/**
 * Looks for a file of a model.
 *
 * @param revision - branch, tag or commit.
 * @returns `undefined` where the hub has none; it answers 401 for a model that is not there, and 403 for one that has terms.
 * @throws HubError where it does not answer.
 */
export async function findHubFile(request: HubRequest, path: string, revision: string): Promise<HubFile | HubRefusal> {
  const { endpoint, name, signal, limits } = request;
  const inModel = path.split('/').map(encodeURIComponent).join('/');
  const url = `${endpoint.url}${name}/resolve/${encodeURIComponent(revision)}/${inModel}`;
  const { response, said } = await askHub({ endpoint, url, method: 'HEAD', signal, answerLimitMs: limits.answerMs });
  if ([401, 403, 404].includes(response.status)) return { status: response.status, error: errorOfStatus(response) };
  if (!response.ok) throw errorOfStatus(response);
  const etag = (said('x-linked-etag') ?? said('etag') ?? '').replace(/^W\//, '').replaceAll('"', '');
  const sizeBytes = sizeOf(said('x-linked-size') ?? response.headers.get('content-length'));
  return {
    path,
    url,
    sizeBytes,
    checksum: checksumOf(etag, sizeBytes),
    commit: said('x-repo-commit'),
  };
}

export interface HubRefusal {
  readonly status: number;
  readonly error: Error;
}

export function isRefusal(found: HubFile | HubRefusal): found is HubRefusal {
  return 'status' in found;
}

function sizeOf(value: string | null | undefined): number | undefined {
  return value !== null && value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** The id of a blob is of its size as well. */
function checksumOf(etag: string, sizeBytes: number | undefined): HubFile['checksum'] {
  if (/^[0-9a-f]{64}$/.test(etag)) return { kind: 'sha256', hex: etag };
  return /^[0-9a-f]{40}$/.test(etag) && sizeBytes !== undefined ? { kind: 'git', hex: etag } : undefined;
}

import type { S3Client } from '@aws-sdk/client-s3';
import { installCommand } from '../config/install-command.ts';
import { ownPackage } from '../config/own-package.ts';
import { codeOf, MissingError } from '../errors.ts';
import { DEFAULT_PATIENCE, type Patience } from './retrying.ts';
import { S3Store } from './s3-store.ts';

const PACKAGE = '@aws-sdk/client-s3';
type Sdk = typeof import('@aws-sdk/client-s3');

/** With the time of the server's last answer, which is in its headers only. */
export interface Connection {
  readonly sdk: Sdk;
  readonly client: S3Client;
  readonly clock: { answeredMs: number };
}

let connection: Promise<Connection> | undefined;

/**
 * A bucket, by the endpoint, region and keys that the variables and files of AWS name. One client serves all of a process.
 *
 * @throws MissingError `s3_client_missing` where the package is not installed.
 */
export async function connectS3(bucket: string, patience: Patience = DEFAULT_PATIENCE): Promise<S3Store> {
  connection ??= connect();
  return new S3Store(await connection, bucket, patience);
}

async function connect(): Promise<Connection> {
  // What the client says of the future of a Node.js that midiloom runs on is nothing that the user can do anything about now.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const sdk = await loadSdk();
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  const client = new sdk.S3Client({
    // What failed is repeated by `retrying.ts`, which also sees a body that breaks off.
    maxAttempts: 1,
    // Other servers than that of AWS do not all know the checksums that it takes at the end of a body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // A server of one's own has no name for each bucket as a rule, and no regions.
    ...(endpoint === undefined ? {} : { forcePathStyle: true }),
    ...(endpoint !== undefined && isWithoutRegion() ? { region: 'us-east-1' } : {}),
  });
  const clock = { answeredMs: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const date = dateOf(result.response);
      if (date !== undefined) clock.answeredMs = date;
      return result;
    },
    { step: 'deserialize', name: 'midiloomClock', priority: 'low' },
  );
  return { sdk, client, clock };
}

async function loadSdk(): Promise<Sdk> {
  try {
    return await import('@aws-sdk/client-s3');
  } catch (error) {
    if (codeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    const install = installCommand(ownPackage(), [`${PACKAGE}@${ownPackage().tested[PACKAGE]}`]);
    throw new MissingError(
      's3_client_missing',
      `An s3:// address needs ${PACKAGE}, which is not installed: ${install}`,
      {
        cause: error,
      },
    );
  }
}

function isWithoutRegion(): boolean {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_PROFILE } = process.env;
  return AWS_REGION === undefined && AWS_DEFAULT_REGION === undefined && AWS_PROFILE === undefined;
}

function dateOf(response: unknown): number | undefined {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined;
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return undefined;
  const time = Date.parse(String(headers.date));
  return Number.isNaN(time) ? undefined : time;
}

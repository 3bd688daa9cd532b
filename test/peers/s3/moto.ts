import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { freePort } from '../free-port.ts';
import { PYTHON } from '../python.ts';

/** A server that speaks S3, with one bucket in it. */
export class Moto {
  readonly endpoint: string;
  readonly client: S3Client;
  readonly #end: () => Promise<void>;

  private constructor(endpoint: string, end: () => Promise<void>) {
    this.endpoint = endpoint;
    this.#end = end;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    this.client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  }

  static async start(): Promise<Moto> {
    const port = await freePort();
    const run = `from moto.server import main; main(['-H', '127.0.0.1', '-p', '${port}'])`;
    const server = spawn(PYTHON, ['-c', run], { stdio: 'ignore' });
    const moto = new Moto(`http://127.0.0.1:${port}`, async () => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    });
    await moto.#answers();
    await moto.client.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    return moto;
  }

  async put(Key: string, Body: Uint8Array | string): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: 'bucket', Key, Body }));
  }

  async get(Key: string): Promise<Uint8Array> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: 'bucket', Key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  }

  async keys(Prefix: string): Promise<readonly string[]> {
    const { Contents = [] } = await this.client.send(new ListObjectsV2Command({ Bucket: 'bucket', Prefix }));
    return Contents.map(({ Key = '' }) => Key);
  }

  async end(): Promise<void> {
    this.client.destroy();
    await this.#end();
  }

  async #answers(): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await fetch(this.endpoint);
        return;
      } catch (error) {
        if (tries > 300) throw error;
        await pause(200);
      }
    }
  }
}

/** The variables by which a program finds a server. */
export function environmentFor(endpoint: string): NodeJS.ProcessEnv {
  const { AWS_PROFILE: _, ...others } = process.env;
  return {
    ...others,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'the-secret-of-the-test',
    AWS_REGION: 'us-east-1',
  };
}

import { installCommand } from '../../config/install-command.ts';
import { installedVersion } from '../../config/installed-version.ts';
import { ownPackage } from '../../config/own-package.ts';
import { MissingError } from '../../errors.ts';

/** What a queue needs beside midiloom. */
const PACKAGES = ['bullmq', 'ioredis'] as const;

/** @throws MissingError `bullmq_missing`, with the command that installs what is not there. */
export async function loadBullmq() {
  const missing = PACKAGES.filter((name) => installedVersion(name) === undefined);
  if (missing.length > 0) {
    const wanted = PACKAGES.map((name) => `${name}@${ownPackage().tested[name]}`);
    throw new MissingError(
      'bullmq_missing',
      `A queue on Redis is kept by ${PACKAGES.join(' and ')}; not installed: ${missing.join(', ')}. To install them:\n  ${installCommand(ownPackage(), wanted)}`,
    );
  }
  const [{ DelayedError, Queue, UnrecoverableError, WaitingError, Worker }, { Redis }] = await Promise.all([
    import('bullmq'),
    import('ioredis'),
  ]);
  return { DelayedError, Queue, UnrecoverableError, WaitingError, Worker, Redis };
}

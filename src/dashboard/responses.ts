import type { ServerResponse } from 'node:http';

/** Nothing but the page's own files, and no code or style in the page itself; in no frame of another site. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What holds for every answer. */
export function setPolicies(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'no-store');
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export function sendError(response: ServerResponse, { status, code, message }: ErrorAnswer): void {
  if (response.headersSent) response.destroy();
  else sendJson(response, { error: { code, message } }, status);
}

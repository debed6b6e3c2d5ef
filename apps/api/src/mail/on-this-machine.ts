import type { Request } from 'express';

const loopbackAddress = /^(?:::ffff:)?127\.|^::1$/;
const loopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Whether somebody at this very machine asks. A proxy or tunnel beside the API is at the machine too, and so is a page that has its own
 * host's name lead here: so nothing may have been passed on, and the machine must have been called by its own name.
 */
export function isOnThisMachine({ socket, headers }: Pick<Request, 'socket' | 'headers'>): boolean {
  const passedOn = headers['x-forwarded-for'] ?? headers['forwarded'] ?? headers['x-forwarded-host'] ?? headers['via'];
  return passedOn === undefined && loopbackAddress.test(socket.remoteAddress ?? '') && loopbackHost.test(headers.host ?? '');
}

import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import { randomBytes } from 'node:crypto';

export interface SecurityOptions {
  /** Whether browsers come over TLS only. */
  secure: boolean;
  /** Whether browsers should remember that, for a year: not with a certificate that nobody vouches for, which one could then not accept. */
  strictTransport: boolean;
}

type WithNonce = { locals: { styleNonce?: string } };

/** The page of the API's documentation comes with styles of its own in the page; it shows nothing that people wrote. */
const documentationPath = /^\/api\/docs(?:\/|$)/;

/** None of these is used; a script that got in all the same should not have them either. Browsers warn of names that they do not know: these they do. */
const permissions = ['accelerometer', 'browsing-topics', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'microphone', 'midi', 'payment', 'serial', 'usb', 'xr-spatial-tracking'];
const permissionsPolicy = permissions.map((name) => `${name}=()`).join(', ');

/**
 * Headers for every answer. Scripts come only from this host, never inline. So do styles, but for the components' own, which Angular
 * adds to the page with the answer's nonce. Images may come from any https address, since a persona's portrait may.
 */
export function securityHeaders(options: SecurityOptions): RequestHandler {
  const page = helmet(helmetOptions(options, ["'self'", (_request, response) => `'nonce-${(response as unknown as WithNonce).locals.styleNonce}'`]));
  const documentation = helmet(helmetOptions(options, ["'self'", "'unsafe-inline'"]));
  return (request: Request, response: Response & WithNonce, next: NextFunction) => {
    response.locals.styleNonce = randomBytes(16).toString('base64');
    response.setHeader('Permissions-Policy', permissionsPolicy);
    (documentationPath.test(request.path) ? documentation : page)(request, response, next);
  };
}

type StyleSources = NonNullable<Exclude<HelmetOptions['contentSecurityPolicy'], boolean | undefined>['directives']>['styleSrc'];

function helmetOptions({ secure, strictTransport }: SecurityOptions, styleSrc: StyleSources): HelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc,
        imgSrc: ["'self'", 'data:', 'https:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: strictTransport ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  };
}

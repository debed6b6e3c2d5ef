import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { explainFileSystemError } from '../lib/stack-error.mjs';

const DAY_MS = 86_400_000;
/** Browsers refuse certificates that are valid for longer. */
const VALID_DAYS = 397;
const RENEWED_DAYS_BEFORE = 30;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * The certificate that Dramatis shows under `--https`.
 *
 * @typedef {object} LocalCertificate
 * @property {string} certFile
 * @property {string} keyFile
 * @property {string} pem of the certificate
 * @property {string} fingerprint SHA-256, by which a person can tell it from another's
 */

/**
 * A certificate of this machine for itself: made once, kept where only this user can read its key, and made anew shortly before it ends
 * or when the machine has another name. Nobody vouches for it, so that browsers ask once.
 *
 * @param {string} dataDir
 * @param {{ now?: Date, names?: readonly string[] }} [options]
 * @returns {Promise<LocalCertificate>}
 * @throws {import('../lib/stack-error.mjs').StackError} when the folder cannot be written
 */
export async function localCertificate(dataDir, { now = new Date(), names = namesOfThisMachine() } = {}) {
  const folder = join(dataDir, 'tls');
  const files = { certFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem') };
  try {
    const kept = await readKept(files);
    const pem = kept !== null && stillGood(kept, names, now) ? kept.pem : await make(folder, files, names, now);
    return { ...files, pem, fingerprint: new X509Certificate(pem).fingerprint256 };
  } catch (error) {
    throw explainFileSystemError(error, dataDir, 'DRAMATIS_DATA');
  }
}

/** @returns {string[]} */
function namesOfThisMachine() {
  return [...new Set(['localhost', hostname().toLowerCase(), '127.0.0.1', '::1'])].filter((name) => /^[a-z0-9.:-]+$/.test(name));
}

/**
 * @param {{ certFile: string, keyFile: string }} files
 * @returns {Promise<{ pem: string, key: string } | null>}
 */
async function readKept({ certFile, keyFile }) {
  try {
    return { pem: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * @param {{ pem: string, key: string }} kept
 * @param {readonly string[]} names
 * @param {Date} now
 */
function stillGood({ pem, key }, names, now) {
  try {
    const certificate = new X509Certificate(pem);
    const lasts = new Date(certificate.validTo).getTime() - now.getTime() > RENEWED_DAYS_BEFORE * DAY_MS;
    const isNamed = names.every((name) => (isAddress(name) ? certificate.checkIP(name) : certificate.checkHost(name)));
    return lasts && isNamed && certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    // A file that was cut off or written over is no certificate.
    return false;
  }
}

/**
 * @param {string} folder
 * @param {{ certFile: string, keyFile: string }} files
 * @param {readonly string[]} names
 * @param {Date} now
 */
async function make(folder, { certFile, keyFile }, names, now) {
  // Only now: the launcher runs before the packages are there, and the library wants this one first.
  await import('reflect-metadata');
  const { BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension, SubjectAlternativeNameExtension, X509CertificateGenerator } =
    await import('@peculiar/x509');
  /** @type {import('@peculiar/x509').JsonGeneralNames} */
  const alternatives = names.map((value) => ({ type: isAddress(value) ? 'ip' : 'dns', value }));
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Dramatis on this machine',
      // Clocks differ a little.
      notBefore: new Date(now.getTime() - DAY_MS),
      notAfter: new Date(now.getTime() + (VALID_DAYS - 1) * DAY_MS),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(alternatives),
      ],
    },
    crypto,
  );
  const pem = `${certificate.toString('pem')}\n`;
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(keyFile, `-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}(?=.)/g, '$&\n')}\n-----END PRIVATE KEY-----\n`, { mode: 0o600 });
  await writeFile(certFile, pem);
  return pem;
}

/** @param {string} name */
function isAddress(name) {
  return /^[\d.]+$/.test(name) || name.includes(':');
}

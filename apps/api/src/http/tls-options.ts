import { readFile } from 'node:fs/promises';

/** Certificate and key for the server, which takes TLS 1.2 and newer, as is Node's default. */
export async function tlsOptions({ certFile, keyFile }: { certFile: string; keyFile: string }): Promise<{ cert: Buffer; key: Buffer }> {
  const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)]);
  return { cert, key };
}

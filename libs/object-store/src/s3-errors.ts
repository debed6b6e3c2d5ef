import { ObjectStoreError } from './port.js';

/** What the SDK throws: a name, and when the server answered, its status. */
interface S3Failure {
  name?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

/** The bucket, the keys or the address are wrong; no wait mends that. */
const refusals = new Set([
  'NoSuchBucket',
  'AccessDenied',
  'AllAccessDisabled',
  'AccountProblem',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'AuthorizationHeaderMalformed',
  'PermanentRedirect',
  'InvalidBucketName',
  'CredentialsProviderError',
]);

/** Whether an answer says that there is no such object. */
export function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as S3Failure;
  // An answer to HEAD has no body that could say what is missing.
  return name === 'NoSuchKey' || name === 'NotFound' || ($metadata?.httpStatusCode === 404 && name !== 'NoSuchBucket');
}

/** Maps whatever the SDK throws; its message may name the host, never the keys. */
export function s3Error({ key, bucket }: { key: string; bucket: string }, error: unknown): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error;
  const { name = 'unknown error', message = '', $metadata } = error as S3Failure;
  if (isMissing(error)) return new ObjectStoreError('not_found', `There is no object ${key}.`, error);
  const status = $metadata?.httpStatusCode;
  if (refusals.has(name) || status === 401 || status === 403) {
    const remedy = 'Check DRAMATIS_S3_BUCKET, DRAMATIS_S3_ENDPOINT, DRAMATIS_S3_REGION and the access keys.';
    return new ObjectStoreError('refused', `The bucket ${bucket} cannot be used: ${name}. ${remedy}`, error);
  }
  const what = [name, message].filter((part, index) => part !== '' && (index === 0 || part !== name)).join(': ');
  return new ObjectStoreError('unavailable', `The bucket ${bucket} cannot be reached: ${what}`, error);
}

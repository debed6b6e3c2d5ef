import { WebFetchError } from '../web-fetch-error.js';

/** What went wrong before there were headers: name, connection, TLS, or an answer that is not HTTP. */
export function requestError(error: unknown, url: URL): WebFetchError {
  if (error instanceof WebFetchError) return error.url === undefined ? withUrl(error, url) : error;
  const code = codeOf(error);
  const details = { url: url.href, cause: error };
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT' || code === 'UND_ERR_HEADERS_TIMEOUT') {
    return new WebFetchError('timed_out', `${url.host} did not answer in time.`, details);
  }
  if (/^(CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_SSL|EPROTO|HOSTNAME_MISMATCH)/.test(code)) {
    return new WebFetchError('certificate_invalid', `The secure connection to ${url.host} cannot be trusted (${code}).`, details);
  }
  if ((error as Error).name === 'HTTPParserError' || /^(HPE_|UND_ERR_(HEADERS_OVERFLOW|RES_CONTENT|INFO|RESPONSE))/.test(code)) {
    return new WebFetchError('response_invalid', `What ${url.host} answers is not the response of a web server.`, details);
  }
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE') {
    return new WebFetchError('interrupted', `${url.host} closed the connection without an answer.`, details);
  }
  return new WebFetchError('unreachable', `${url.host} could not be reached${code && ` (${code})`}.`, details);
}

function withUrl(error: WebFetchError, url: URL): WebFetchError {
  return new WebFetchError(error.code, error.message, { url: url.href, cause: error.cause, retryable: error.retryable });
}

function codeOf(error: unknown): string {
  const { code, errors } = error as { code?: unknown; errors?: unknown[] };
  if (typeof code === 'string') return code;
  return errors?.[0] ? codeOf(errors[0]) : '';
}

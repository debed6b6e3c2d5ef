import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';

const PROBE_TIMEOUT_MS = 2_000;

/**
 * Whether something accepts TCP connections there.
 * @param {string} host
 * @param {number} port
 * @param {number} [timeoutMs]
 * @returns {Promise<boolean>}
 */
export function acceptsConnections(host, port, timeoutMs = PROBE_TIMEOUT_MS) {
  return exchange(host, port, undefined, timeoutMs).then(
    () => true,
    () => false,
  );
}

/**
 * Whether a Redis server answers a PING; it does not while it still loads its data.
 * @param {number} port
 */
export async function redisAnswers(port) {
  const answer = await exchange('127.0.0.1', port, Buffer.from('PING\r\n'));
  return answer.toString('latin1').startsWith('+PONG');
}

/**
 * Whether a MongoDB-compatible server says that it is a writable primary.
 * @param {number} port
 */
export async function mongodbAnswers(port) {
  const answer = await exchange('127.0.0.1', port, helloMessage(), PROBE_TIMEOUT_MS, (received) => received.length >= 16 && received.length >= received.readInt32LE(0));
  const BOOLEAN = 0x08;
  const key = Buffer.concat([Buffer.of(BOOLEAN), Buffer.from('isWritablePrimary\0')]);
  const at = answer.indexOf(key);
  return at >= 0 && answer[at + key.length] === 1;
}

/** An OP_MSG with { hello: 1, $db: 'admin' }. @see MongoDB wire protocol, BSON */
function helloMessage() {
  const INT32 = 0x10;
  const STRING = 0x02;
  const OP_MSG = 2013;
  const fields = Buffer.concat([
    Buffer.of(INT32), Buffer.from('hello\0'), int32(1),
    Buffer.of(STRING), Buffer.from('$db\0'), int32('admin'.length + 1), Buffer.from('admin\0'),
  ]);
  const document = Buffer.concat([int32(fields.length + 5), fields, Buffer.of(0)]);
  const sections = Buffer.concat([int32(0), Buffer.of(0), document]);
  return Buffer.concat([int32(sections.length + 16), int32(1), int32(0), int32(OP_MSG), sections]);
}

/** @param {number} value */
function int32(value) {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
}

/**
 * Whether the cluster has all its primary shards.
 * @param {number} port
 */
export async function elasticsearchAnswers(port) {
  const response = await fetch(`http://127.0.0.1:${port}/_cluster/health?wait_for_status=yellow&timeout=1s`, {
    signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
  });
  await response.arrayBuffer();
  return response.status === 200;
}

/**
 * Whether the S3 server says that it is well.
 * @param {number} port
 */
export async function s3Answers(port) {
  const response = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  await response.arrayBuffer();
  return response.status === 200;
}

/**
 * Whether a Temporal frontend serves the namespace with these search attributes.
 * @param {number} port
 * @param {string} namespace
 * @param {readonly string[]} searchAttributes
 */
export async function temporalAnswers(port, namespace, searchAttributes) {
  const LENGTH_DELIMITED_FIELD_1 = 0x0a;
  const name = Buffer.from(namespace);
  const request = Buffer.concat([Buffer.of(LENGTH_DELIMITED_FIELD_1, name.length), name]);
  const answer = await grpcCall(port, '/temporal.api.operatorservice.v1.OperatorService/ListSearchAttributes', request);
  return searchAttributes.every((attribute) => answer.includes(attribute));
}

/**
 * A unary gRPC call without TLS.
 * @param {number} port
 * @param {string} path
 * @param {Buffer} message
 * @returns {Promise<Buffer>} the response message, empty when the call failed
 */
function grpcCall(port, path, message) {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const fail = (/** @type {Error} */ error) => {
      session.destroy();
      reject(error);
    };
    session.once('error', fail);
    session.setTimeout(PROBE_TIMEOUT_MS, () => fail(new Error('no answer in time')));
    const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' });
    const header = Buffer.alloc(5);
    header.writeUInt32BE(message.length, 1);
    /** @type {Buffer[]} */
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.once('error', fail);
    stream.once('end', () => {
      session.close();
      resolve(Buffer.concat(chunks).subarray(5));
    });
    stream.end(Buffer.concat([header, message]));
  });
}

/**
 * Sends bytes and gives what comes back: the first chunk, or as much as `isWhole` wants.
 * @param {string} host
 * @param {number} port
 * @param {Buffer | undefined} message nothing is awaited when there is none
 * @param {number} [timeoutMs]
 * @param {(received: Buffer) => boolean} [isWhole]
 * @returns {Promise<Buffer>}
 */
function exchange(host, port, message, timeoutMs = PROBE_TIMEOUT_MS, isWhole = () => true) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let received = Buffer.alloc(0);
    const finish = (/** @type {Error | undefined} */ error) => {
      socket.destroy();
      if (error) reject(error);
      else resolve(received);
    };
    socket.setTimeout(timeoutMs, () => finish(new Error('no answer in time')));
    socket.once('error', finish);
    socket.once('close', () => finish(new Error('closed without an answer')));
    socket.once('connect', () => (message === undefined ? finish(undefined) : socket.write(message)));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (isWhole(received)) finish(undefined);
    });
  });
}

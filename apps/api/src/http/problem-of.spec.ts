import { DomainError } from '@dramatis/contracts/errors';
import { ObjectStoreError } from '@dramatis/object-store/port';
import { BadRequestException, NotFoundException } from '@nestjs/common';
import { problemOf } from './problem-of.js';

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

describe('problemOf', () => {
  it('keeps code, message, issues and the running turn of a domain error', () => {
    const issues = [{ path: 'text', message: 'too long' }];
    const error = new DomainError('turn_in_progress.before_delete', {}, { turnId: 't1', issues });
    expect(problemOf(error)).toEqual({
      type: 'urn:dramatis:problem:turn_in_progress',
      title: 'Turn in progress',
      status: 409,
      code: 'turn_in_progress',
      detail: 'A reply is being made in this conversation; cancel it, then delete.',
      wording: { key: 'problems.turn_in_progress.before_delete', params: {} },
      turnId: 't1',
      issues,
    });
  });

  it('maps the framework’s errors by status', () => {
    expect(problemOf(new NotFoundException('Cannot GET /api/nothing'))).toMatchObject({ code: 'not_found', status: 404 });
    expect(problemOf(new BadRequestException('Bad'))).toMatchObject({ code: 'invalid_request', status: 400 });
  });

  it.each([
    ['database_unavailable', named('MongoServerSelectionError', 'connect ECONNREFUSED mongodb://user:pw@db')],
    ['database_unavailable', named('MongooseError', 'Operation `personas.find()` buffering timed out after 3000ms')],
    ['broker_unavailable', named('MaxRetriesPerRequestError', 'Reached the max retries')],
    ['broker_unavailable', new Error('Connection is closed.')],
    ['broker_unavailable', new Error("Stream isn't writeable and enableOfflineQueue options is false")],
    ['search_unavailable', named('ConnectionError', 'connect ECONNREFUSED')],
    ['storage_unavailable', new ObjectStoreError('unavailable', 'connect ECONNREFUSED https://user:pw@objects')],
    ['storage_unavailable', new ObjectStoreError('refused', 'No such bucket')],
  ])('maps an unreachable server to %s without its address', (code, error) => {
    const problem = problemOf(error);
    expect(problem).toMatchObject({ code, status: 503 });
    expect(problem.detail).not.toContain('user:pw');
  });

  it('says nothing of an error that was not raised on purpose', () => {
    const problem = problemOf(new TypeError("Cannot read properties of undefined (reading 'secret')"));
    expect(problem).toMatchObject({ code: 'internal', status: 500 });
    expect(problem.detail).not.toContain('secret');
    expect(problemOf('a string')).toMatchObject({ code: 'internal' });
  });
});

import { describeRequest } from './describe-request.js';

const done = { outcome: 'done', code: null, result: null } as const;

describe('describeRequest', () => {
  it('names persona, subject and choices', () => {
    const request = { id: 'r1', params: { personaId: 'ada' }, body: { version: 3, note: 'The letters were wrong.' } };
    expect(describeRequest(request, done)).toEqual({
      outcome: 'done',
      code: null,
      personaId: 'ada',
      subject: null,
      detail: { version: 3, note: 'The letters were wrong.' },
      requestId: 'r1',
    });
  });

  it('holds no secrets, no texts of documents, and no settings of which it does not know that they are harmless', () => {
    const secret = 'sk-very-secret';
    const body = {
      personaId: 'ada',
      name: 'Letters',
      apiKey: secret,
      token: secret,
      description: secret,
      note: { $ne: secret },
      documents: [{ title: 'T', text: secret }, { title: 'U', text: secret }],
      settings: { urls: [`https://user:${secret}@example.org`], depth: 2, password: secret },
    };
    const described = describeRequest({ body, params: {} }, { ...done, result: { sourceId: 's1', text: secret } });
    expect(described).toMatchObject({ personaId: 'ada', subject: 's1', detail: { name: 'Letters', documents: 2, urls: 1, depth: 2 } });
    expect(JSON.stringify(described)).not.toContain(secret);
  });

  it('takes whatever a request holds', () => {
    for (const body of [undefined, null, 'text', 3, [], [{ version: 1 }], { personaId: { $gt: '' } }]) {
      expect(describeRequest({ body, params: { sourceId: 'x'.repeat(1_000) } }, done)).toMatchObject({ personaId: null, subject: 'x'.repeat(200) });
    }
  });
});

import { createPersona, updatePersona } from './persona.js';

describe('updatePersona', () => {
  it('leaves absent fields absent instead of filling in defaults', () => {
    expect(updatePersona.parse({ name: 'Ada' })).toEqual({ name: 'Ada' });
  });

  it('refuses an empty patch, also one that only guards the version', () => {
    expect(updatePersona.safeParse({}).success).toBe(false);
    expect(updatePersona.safeParse({ ifVersion: 2 }).success).toBe(false);
  });

  it('refuses unknown fields and operators', () => {
    expect(updatePersona.safeParse({ name: { $ne: null } }).success).toBe(false);
    expect(updatePersona.safeParse({ name: 'Ada', $set: { status: 'active' } }).success).toBe(false);
  });
});

describe('createPersona', () => {
  it('fills in defaults', () => {
    const persona = createPersona.parse({ name: 'Ada', description: 'A mathematician.' });
    expect(persona.status).toBe('draft');
    expect(persona.supportedResponseFormats).toHaveLength(5);
  });

  it('refuses images from elsewhere than this site or https', () => {
    const of = (imageUrl: string) => createPersona.safeParse({ name: 'A', description: 'B', imageUrl }).success;
    expect(of('/portraits/ada.svg')).toBe(true);
    expect(of('/api/avatars/0f.webp')).toBe(true);
    for (const elsewhere of ['//evil.example/a.png', '/../a.png', '/api/auth/me/export', '/a//b.png', '/']) expect(of(elsewhere)).toBe(false);
    expect(of('javascript:alert(1)')).toBe(false);
    expect(of('http://example.org/a.png')).toBe(false);
  });
});

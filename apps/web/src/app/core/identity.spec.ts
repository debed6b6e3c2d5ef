import { TestBed } from '@angular/core/testing';
import { eventually } from '../../testing/eventually';
import { FakeIdentityApi, guestHere, nobodyHere, signedInAs } from '../../testing/fake-identity';
import { Identity } from './identity';
import { Notifier } from './notifier';
import { Problem } from './problem';

/** The other tabs of a browser, of which jsdom has none. */
class Tabs extends EventTarget {
  static readonly heard: unknown[] = [];
  static open: Tabs | null = null;
  constructor() {
    super();
    Tabs.open = this;
  }
  postMessage(message: unknown): void {
    Tabs.heard.push(message);
  }
  close(): void {}
}

describe('Identity', () => {
  const outOfReach = new Problem('unreachable', 'The server cannot be reached.');
  let api: FakeIdentityApi;
  let identity: Identity;

  beforeEach(() => {
    Object.assign(globalThis, { BroadcastChannel: Tabs });
    Tabs.heard.length = 0;
    localStorage.clear();
    api = new FakeIdentityApi();
    TestBed.configureTestingModule({ providers: [api.provider] });
    identity = TestBed.inject(Identity);
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  });

  it('asks once who is here, however many want to know', async () => {
    api.here = guestHere;
    await Promise.all([identity.known(), identity.known(), identity.refresh()]);
    expect(await identity.known()).toEqual(guestHere);
    expect(api.asked).toBe(1);
    expect(identity.account()).toBeNull();
  });

  it('knows nobody while the server is out of reach, and asks again', async () => {
    api.trouble = outOfReach;
    expect(await identity.known()).toBeNull();
    api.trouble = null;
    expect(await identity.known()).toEqual(nobodyHere);
  });

  it('tells the other tabs who signed in, and whatever a guest was writing stays', async () => {
    localStorage.setItem('dramatis.draft.a', '"half a question"');
    api.here = guestHere;
    await identity.known();
    identity.take(signedInAs());
    expect(identity.account()?.displayName).toBe('Mary Shelley');
    expect(Tabs.heard).toHaveLength(1);
    expect(identity.changes()).toBe(0);
    expect(localStorage.getItem('dramatis.draft.a')).not.toBeNull();
  });

  it('follows another tab in which somebody signed out, and forgets what was being written', async () => {
    api.here = signedInAs();
    await identity.known();
    localStorage.setItem('dramatis.draft.a', '"a secret"');
    localStorage.setItem('dramatis.outgoing.a', '{}');
    localStorage.setItem('dramatis.appearance', '{}');
    api.here = nobodyHere;
    Tabs.open?.dispatchEvent(new Event('message'));
    await eventually(() => expect(identity.account()).toBeNull());
    expect(identity.changes()).toBe(1);
    expect(TestBed.inject(Notifier).notice()?.text).toContain('You are signed out');
    expect(Object.keys(localStorage)).toEqual(['dramatis.appearance']);
    // What was heard is not told again: two tabs would never stop.
    expect(Tabs.heard).toEqual([]);
  });

  it('believes what this page did before an answer to an older question', async () => {
    api.here = guestHere;
    const asked = identity.refresh();
    identity.take(signedInAs());
    await asked;
    expect(identity.account()).not.toBeNull();
  });

  it('does not take a change of one’s own name or role for somebody else', async () => {
    api.here = signedInAs();
    await identity.known();
    api.here = signedInAs({ role: 'curator', displayName: 'Mary' });
    await identity.refresh();
    expect(identity.account()?.role).toBe('curator');
    expect(identity.changes()).toBe(0);
  });

  it('stays signed in when the server did not end the session', async () => {
    api.here = signedInAs();
    await identity.known();
    api.trouble = outOfReach;
    await expect(identity.signOut()).rejects.toBe(outOfReach);
    expect(identity.account()).not.toBeNull();
    api.trouble = null;
    await identity.signOut();
    expect(identity.account()).toBeNull();
  });
});

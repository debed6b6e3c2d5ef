import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { jest } from '@jest/globals';
import { uuidOf } from '../../testing/console-builders';
import { eventually } from '../../testing/eventually';
import { FakeIdentityApi, guestHere, nobodyHere, signedInAs } from '../../testing/fake-identity';
import { provideAllTexts } from '../../testing/texts';
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
    sessionStorage.clear();
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

  it('follows another tab in which somebody signed out', async () => {
    api.here = signedInAs();
    await identity.known();
    api.here = nobodyHere;
    Tabs.open?.dispatchEvent(new Event('message'));
    await eventually(() => expect(identity.account()).toBeNull());
    expect(identity.changes()).toBe(1);
    expect(TestBed.inject(Notifier).notice()?.text).toContain('You are signed out');
    // What was heard is not told again: two tabs would never stop.
    expect(Tabs.heard).toEqual([]);
  });

  describe('what was being written', () => {
    const written = { 'dramatis.draft.a': '"a secret"', 'dramatis.outgoing.a': '{}', 'dramatis.persona-edit.ada': '{}', 'dramatis.form.x': '{}' };
    const kept = (): string[] => Object.keys(localStorage).filter((key) => key in written).sort();

    beforeEach(async () => {
      api.here = signedInAs();
      await identity.known();
      for (const [key, value] of Object.entries(written)) localStorage.setItem(key, value);
      localStorage.setItem('dramatis.appearance', '{}');
    });

    async function sessionEnds(): Promise<void> {
      api.here = nobodyHere;
      await identity.refresh();
      expect(kept()).toEqual([]);
      expect(localStorage.getItem('dramatis.appearance')).not.toBeNull();
    }

    it('is forgotten by whoever signs out', async () => {
      await identity.signOut();
      identity.take(signedInAs());
      expect(kept()).toEqual([]);
    });

    it('is out of sight once a session has ended by itself, and back for the same account', async () => {
      await sessionEnds();
      identity.take(signedInAs());
      expect(kept()).toEqual(Object.keys(written).sort());
      expect(localStorage.getItem('dramatis.draft.a')).toBe('"a secret"');
    });

    it('is not for another account that signs in after that, nor for the first one later', async () => {
      await sessionEnds();
      identity.take(signedInAs({ accountId: uuidOf(77) }));
      expect(kept()).toEqual([]);
      identity.take(signedInAs());
      expect(kept()).toEqual([]);
    });

    it('is out of sight also where the page is opened after the session has ended', async () => {
      TestBed.resetTestingModule();
      TestBed.configureTestingModule({ providers: [...provideAllTexts(), api.provider] });
      api.here = nobodyHere;
      identity = TestBed.inject(Identity);
      await identity.known();
      expect(kept()).toEqual([]);
      identity.take(signedInAs());
      expect(kept()).toEqual(Object.keys(written).sort());
    });

    it('comes with the way back to where one was', async () => {
      const navigate = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
      await sessionEnds();
      expect(TestBed.inject(Notifier).notice()?.action?.label).toBe('Sign in');
      TestBed.inject(Notifier).act();
      expect(navigate).toHaveBeenCalledWith(['/account/sign-in'], { queryParams: { returnUrl: '/' } });
    });
  });

  it('asks again who is here when there is a network, where it could not be asked before', async () => {
    api.trouble = outOfReach;
    await identity.known();
    api.trouble = null;
    api.here = signedInAs();
    window.dispatchEvent(new Event('online'));
    await eventually(() => expect(identity.account()).not.toBeNull());
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

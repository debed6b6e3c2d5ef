import { TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA } from '@angular/material/dialog';
import { eventually } from '../../../testing/eventually';
import { FakeConversationApi } from '../../../testing/fake-conversation-api';
import { ApiClient } from '../../core/api-client';
import { Problem } from '../../core/problem';
import { ShareDialog, type ShareDialogData } from './share-dialog';

describe('ShareDialog', () => {
  let api: FakeConversationApi;
  let dialog: HTMLElement;
  let changes: (string | null)[];

  function open(sharedAt: string | null): void {
    api = new FakeConversationApi();
    changes = [];
    const data: ShareDialogData = { conversationId: api.conversationKept.conversationId, personaName: 'Ada Lovelace', sharedAt, changed: (at) => changes.push(at) };
    TestBed.configureTestingModule({ providers: [{ provide: ApiClient, useValue: api }, { provide: MAT_DIALOG_DATA, useValue: data }] });
    dialog = TestBed.createComponent(ShareDialog).nativeElement as HTMLElement;
    TestBed.tick();
  }
  const press = (text: string) => [...dialog.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)!.click();
  const link = () => dialog.querySelector('input')?.value;

  it('makes a link, shows it once, and revokes it', async () => {
    open(null);
    expect(dialog.textContent).toContain('There is no link at present.');
    press('Make a link');
    await eventually(() => expect(link()).toBe(`${location.origin}/shared/${'a'.repeat(43)}`));
    press('Revoke the link');
    await eventually(() => expect(dialog.textContent).toContain('There is no link at present.'));
    expect(link()).toBeUndefined();
    expect(changes).toEqual(['2026-01-02T10:00:00.000Z', null]);
  });

  it('tells of a link that was made before, and makes one in its place', async () => {
    open('2026-01-01T10:00:00.000Z');
    expect(dialog.textContent).toContain('There is a link, made on 1 January 2026');
    press('Make a new link');
    await eventually(() => expect(link()).toContain('/shared/'));
    expect(api.requests).toEqual(['share']);
  });

  it('says what is wrong', async () => {
    open(null);
    api.trouble = new Problem('nothing_to_share', 'There is no reply yet.', 409);
    press('Make a link');
    await eventually(() => expect(dialog.querySelector('[role=alert]')?.textContent).toBe('There is no reply yet.'));
    expect(changes).toEqual([]);
  });
});

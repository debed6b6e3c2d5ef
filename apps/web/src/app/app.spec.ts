import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { eventually } from '../testing/eventually';
import { FakeConversationApi } from '../testing/fake-conversation-api';
import { FakeIdentityApi } from '../testing/fake-identity';
import { App } from './app';
import { ApiClient } from './core/api-client';
import { routes } from './app.routes';

@Component({ template: '' })
class SomePage {}

describe('App', () => {
  let api: FakeConversationApi;
  let page: HTMLElement;

  beforeEach(() => {
    localStorage.clear();
    api = new FakeConversationApi();
    const service = api.service.bind(api);
    api.service = async () => ({ ...(await service()), languageModelConfigured: false });
    // The application's own addresses, with an empty page at each.
    const empty = routes.map(({ path, pathMatch, data }) => ({ path, pathMatch, data, component: SomePage }) as const);
    TestBed.configureTestingModule({ providers: [provideRouter(empty), { provide: ApiClient, useValue: api }, new FakeIdentityApi().provider] });
  });

  async function open(url: string): Promise<void> {
    await TestBed.inject(Router).navigateByUrl(url);
    TestBed.tick();
  }

  it('says that there is no language model where replies are made, in one line that opens, and nowhere else', async () => {
    page = TestBed.createComponent(App).nativeElement as HTMLElement;
    await open('/personas/ada');
    await eventually(() => expect(page.querySelector('summary')?.textContent).toBe('No language model is configured.'));
    expect(page.querySelector('details')?.open).toBe(false);
    expect(page.querySelector('details p')?.textContent).toContain('quoting and arranging passages');
    for (const url of ['/console', '/account', '/conversations', '/shared/x', '/nowhere']) {
      await open(url);
      expect([url, page.querySelector('details')]).toEqual([url, null]);
    }
    await open('/conversations/1');
    expect(page.querySelector('details')).not.toBeNull();
  });

  it('says so at once at the next visit, so that nothing moves when the server has answered', async () => {
    localStorage.setItem('dramatis.without-language-model', 'true');
    api.service = () => new Promise(() => undefined);
    page = TestBed.createComponent(App).nativeElement as HTMLElement;
    await open('/');
    expect(page.querySelector('summary')).not.toBeNull();
  });
});

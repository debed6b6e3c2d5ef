import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { SharedConversation } from '@dramatis/contracts/share';
import { buildPersona } from '../../../testing/builders';
import { eventually } from '../../../testing/eventually';
import { ApiClient } from '../../core/api-client';
import { Problem } from '../../core/problem';
import { SharedPage } from './shared-page';

const shared: SharedConversation = {
  personaId: 'ada-lovelace',
  personaName: 'Ada Lovelace',
  title: 'On weaving',
  sharedAt: '2026-01-02T10:00:00.000Z',
  turns: [
    {
      mode: 'educator',
      format: 'bullet_points',
      userText: '> cards\n\nWhy <b>cards</b>?',
      replyText: '- They repeat [1].',
      citations: [{ number: 1, documentTitle: 'Notes', headingPath: ['On cards'], text: 'A card repeats.' }],
    },
    { mode: 'educator', format: 'bullet_points', userText: 'And then?', replyText: '- They count.', citations: [] },
  ],
};

describe('SharedPage', () => {
  let page: HTMLElement;
  let answer: SharedConversation | Problem;

  async function open(): Promise<void> {
    const api: Pick<ApiClient, 'sharedConversation' | 'persona'> = {
      sharedConversation: async () => (answer instanceof Problem ? Promise.reject(answer) : answer),
      persona: async () => buildPersona(),
    };
    TestBed.configureTestingModule({ providers: [provideRouter([]), { provide: ApiClient, useValue: api }] });
    const fixture = TestBed.createComponent(SharedPage);
    fixture.componentRef.setInput('token', 'a'.repeat(43));
    page = fixture.nativeElement as HTMLElement;
    await eventually(() => expect(page.querySelector('h1')).not.toBeNull());
  }

  it('shows what was said, and from what, to be read only and not to be found by search engines', async () => {
    answer = shared;
    await open();
    expect(page.querySelector('h1')?.textContent).toBe('On weaving');
    expect(page.querySelectorAll('dr-reply li')).toHaveLength(2);
    expect(page.querySelector('.message')?.textContent).toBe('Why <b>cards</b>?');
    expect(page.querySelector('blockquote')?.textContent).toBe('cards');
    expect(page.querySelector('.manner')?.textContent).toContain('as an educator, in bullet points');
    expect(page.querySelectorAll('.manner')).toHaveLength(1);
    page.querySelector<HTMLElement>('[data-citation]')!.click();
    await eventually(() => expect(page.querySelector<HTMLDetailsElement>('details')?.open).toBe(true));
    expect(page.querySelector('details')?.textContent).toContain('A card repeats.');
    expect(page.querySelectorAll('textarea, form')).toHaveLength(0);
    expect(document.querySelector<HTMLMetaElement>('meta[name=robots]')?.content).toContain('noindex');
  });

  it('says that a link was taken back', async () => {
    answer = new Problem('share_not_found', 'Gone.', 404);
    await open();
    expect(page.querySelector('h1')?.textContent).toBe('This link shows nothing any more');
  });

  it('comes by itself when there is a network again', async () => {
    answer = new Problem('unreachable', 'The server cannot be reached.');
    await open();
    expect(page.querySelector('h1')?.textContent).toBe('The conversation cannot be shown');
    answer = shared;
    window.dispatchEvent(new Event('offline'));
    TestBed.tick();
    window.dispatchEvent(new Event('online'));
    await eventually(() => expect(page.querySelector('h1')?.textContent).toBe('On weaving'));
  });
});

import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { NotFoundPage } from './not-found-page';

describe('NotFoundPage', () => {
  async function textAt(url: string): Promise<string> {
    TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', component: NotFoundPage }])] });
    const harness = await RouterTestingHarness.create(url);
    await harness.fixture.whenStable();
    return (harness.fixture.nativeElement as HTMLElement).textContent;
  }

  it('names the address without its query, in letters and not in escapes', async () => {
    const text = await textAt('/nobody/caf%C3%A9?secret=1');
    expect(text).toContain('There is no page at /nobody/café.');
  });

  it('shortens an address that would fill the page', async () => {
    const text = await textAt(`/${'x'.repeat(500)}`);
    expect(text).toContain('xxx…');
    expect(text).not.toContain('x'.repeat(70));
  });
});

import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, type TestRequest, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Component } from '@angular/core';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { eventually } from './eventually';
import { FakeIdentityApi } from './fake-identity';

@Component({ template: 'Elsewhere' })
class Elsewhere {}

/** The pages of accounts, with the test as their server. */
export class AccountStage {
  readonly identity = new FakeIdentityApi();
  page!: HTMLElement;

  constructor() {
    const routes = [
      { path: 'account', loadChildren: () => import('../app/features/account/account.routes') },
      { path: '**', component: Elsewhere },
    ];
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting(), this.identity.provider, provideRouter(routes, withComponentInputBinding())],
    });
  }

  async open(url: string): Promise<void> {
    const harness = await RouterTestingHarness.create(url);
    this.page = harness.fixture.nativeElement as HTMLElement;
    document.body.append(this.page);
  }

  close(): void {
    this.page.remove();
  }

  get url(): string {
    return TestBed.inject(Router).url;
  }

  get text(): string {
    return (this.page.textContent ?? '').replace(/\s+/g, ' ');
  }

  field(name: string, within: ParentNode = this.page): HTMLInputElement {
    const field = within.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (!field) throw new Error(`there is no field ${name}`);
    return field;
  }

  /** What stands beside a field about what is wrong with it. */
  problemOf(name: string, within: ParentNode = this.page): string | undefined {
    const ids = this.field(name, within).getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids.map((id) => document.getElementById(id)).find((element) => element?.classList.contains('problem'))?.textContent?.trim();
  }

  /** The part of the page with this heading. */
  part(heading: string): HTMLElement {
    const found = [...this.page.querySelectorAll('h2')].find((candidate) => candidate.textContent?.trim() === heading);
    const part = found?.parentElement?.parentElement;
    if (!part) throw new Error(`there is no part ${heading}`);
    return part;
  }

  /** Fills fields by their names and sends the form, as Enter does. */
  submit(values: Record<string, string>, within: ParentNode = this.page): void {
    for (const [name, value] of Object.entries(values)) {
      const field = this.field(name, within);
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    within.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    TestBed.tick();
  }

  /** The request that the page is waiting for. */
  async asked(method: string, url: string): Promise<TestRequest> {
    let request: TestRequest | undefined;
    await eventually(() => {
      request ??= TestBed.inject(HttpTestingController).match((candidate) => candidate.method === method && candidate.url === url)[0];
      if (!request) throw new Error(`${method} ${url} was not asked for`);
    });
    return request as TestRequest;
  }

  none(url: string): void {
    TestBed.inject(HttpTestingController).expectNone(url);
  }
}

/** The server's refusal. */
export function refuse(request: TestRequest, status: number, code: string, more: object = {}): void {
  request.flush({ type: 't', title: 't', status, code, detail: 'The server’s own words.', ...more }, { status, statusText: 'x' });
}

import type { ProblemDocument } from '@dramatis/contracts/errors';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** Thrown by {@link HttpClient.expect} when the answer is another than the expected one. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';

  constructor(
    what: string,
    readonly status: number,
    readonly problem: ProblemDocument,
  ) {
    super(`${what}: ${status} ${JSON.stringify(problem)}`);
  }
}

/** HTTP as one browser speaks it: keeps the cookies that it is given, and sends JSON, or a form as it is. */
export class HttpClient {
  private readonly cookies = new Map<string, string>();

  constructor(
    readonly baseUrl: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async send<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const isForm = body instanceof FormData;
    const response = await fetch(new URL(path, this.baseUrl), {
      method,
      headers: {
        ...this.headers,
        ...(this.cookies.size === 0 ? {} : { cookie: this.cookieHeader }),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }

  /** The body of an answer that must have a status of success. @throws UnexpectedAnswer */
  async expect<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send<T>(method, path, body);
    if (answer.status >= 300) throw new UnexpectedAnswer(`${method} ${path}`, answer.status, answer.body as ProblemDocument);
    return answer.body;
  }

  private keep(setCookie: string): void {
    const [pair = ''] = setCookie.split(';', 1);
    const separator = pair.indexOf('=');
    this.cookies.set(pair.slice(0, separator).trim(), pair.slice(separator + 1).trim());
  }
}

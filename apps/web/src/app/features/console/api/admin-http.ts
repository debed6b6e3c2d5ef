import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Operator } from '../../../core/operator';
import { settle } from '../../../core/settle';

export type Query = Record<string, string | number | boolean | null | undefined>;

/** Requests that carry the operator token of this tab, where there is one; else the cookie speaks for who is signed in. Every method rejects with a Problem or, when aborted, an AbortError. */
@Injectable({ providedIn: 'root' })
export class AdminHttp {
  private readonly http = inject(HttpClient);
  private readonly operator = inject(Operator);

  get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
    return settle(this.http.get<T>(path, { headers: this.operator.headers(), params: paramsOf(query) }), signal);
  }

  post<T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> {
    return settle(this.http.post<T>(path, body, { headers: this.operator.headers() }), signal);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return settle(this.http.patch<T>(path, body, { headers: this.operator.headers() }));
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return settle(this.http.put<T>(path, body, { headers: this.operator.headers() }));
  }

  /** Null when the answer is empty. */
  delete<T>(path: string): Promise<T | null> {
    return settle(this.http.delete<T | null>(path, { headers: this.operator.headers() }));
  }

  file(path: string): Promise<Blob> {
    return settle(this.http.get(path, { headers: this.operator.headers(), responseType: 'blob' }));
  }
}

/** A path with each part after a slash encoded: `path`/api/personas/${id}``. */
export function path(literals: TemplateStringsArray, ...parts: (string | number)[]): string {
  return literals.reduce((all, literal, index) => all + encodeURIComponent(String(parts[index - 1])) + literal);
}

function paramsOf(query: Query): HttpParams {
  let params = new HttpParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params = params.set(key, value);
  }
  return params;
}

import { HttpErrorResponse } from '@angular/common/http';
import type { Observable } from 'rxjs';
import { asProblem, problemFromResponse } from './problem';

/** The answer to a request. Rejects with a Problem or, when aborted, an AbortError. */
export function settle<T>(request: Observable<T>, signal?: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortError());
      return;
    }
    const subscription = request.subscribe({
      next: resolve,
      error: (error: unknown) => reject(error instanceof HttpErrorResponse ? problemFromResponse(error.status, error.error) : asProblem(error)),
    });
    signal?.addEventListener(
      'abort',
      () => {
        subscription.unsubscribe();
        reject(abortError());
      },
      { once: true },
    );
  });
}

function abortError(): DOMException {
  return new DOMException('The request is no longer wanted.', 'AbortError');
}

import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { Injector, inject } from '@angular/core';
import { tap } from 'rxjs';
import { Identity } from './identity';
import { Operator } from './operator';
import { isProblemDocument } from './problem';

/** What the server says to whoever is not, or no longer, who the page takes them for. */
const telling = new Set(['unauthenticated', 'session_ended', 'forbidden']);

/** After an answer that says that the session or its rights are gone, asks who is here: the page then shows that. */
export const endedSession: HttpInterceptorFn = (request, next) => {
  const injector = inject(Injector);
  return next(request).pipe(
    tap({
      error: (error: unknown) => {
        if (!(error instanceof HttpErrorResponse) || !isProblemDocument(error.error)) return;
        if (request.headers.has('authorization')) {
          // The answer is about the operator token: what is asked next does without one that is not good any more.
          if (error.status === 401) injector.get(Operator).refused();
          return;
        }
        const identity = injector.get(Identity);
        if (telling.has(error.error.code) && identity.account() !== null) void identity.refresh();
      },
    }),
  );
};

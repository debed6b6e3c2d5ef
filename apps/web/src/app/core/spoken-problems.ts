import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { Language } from '../../i18n/language';
import type { Scope } from '../../i18n/scopes';
import { isProblemDocument } from './problem';

/** A problem is known to the page once it can be said in its language: the sentences come with the first problem. */
export const spokenProblems: HttpInterceptorFn = (request, next) => {
  const language = inject(Language);
  return next(request).pipe(
    catchError((error: unknown) => {
      const refuse = throwError(() => error);
      if (!(error instanceof HttpErrorResponse) || !isProblemDocument(error.error) || language.speaks(...sentencesOf(error.error))) return refuse;
      return from(learnToSay(language, error.error)).pipe(switchMap(() => refuse));
    }),
  );
};

/** Resolves when the problem can be said in the chosen language, or when that cannot be learnt now. */
export async function learnToSay(language: Language, document: ProblemDocument): Promise<void> {
  const scopes = sentencesOf(document);
  if (!language.speaks(...scopes)) await language.load(...scopes).catch(() => undefined);
}

function sentencesOf({ issues = [] }: ProblemDocument): Scope[] {
  return issues.length > 0 ? ['problems', 'fields'] : ['problems'];
}

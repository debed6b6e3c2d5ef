import { TestBed } from '@angular/core/testing';

const pauseMs = 20;

/** Resolves as soon as `check` no longer throws; what it threw last, when it has not stopped after `patienceMs`. */
export async function eventually(check: () => void, patienceMs = 3_000): Promise<void> {
  for (let triesLeft = patienceMs / pauseMs; ; triesLeft -= 1) {
    TestBed.tick();
    try {
      check();
      return;
    } catch (error) {
      if (triesLeft <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

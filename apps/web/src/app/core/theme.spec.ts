import { TestBed } from '@angular/core/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Theme } from './theme';

const beforeFirstPaint = readFileSync(join(import.meta.dirname, '../../../public/theme.js'), 'utf8');

describe('Theme', () => {
  const root = document.documentElement;
  const shown = () => ({ theme: root.dataset['theme'], contrast: root.dataset['contrast'], density: root.dataset['density'] });
  const forget = (): void => {
    for (const name of Object.keys(shown())) delete root.dataset[name];
  };

  beforeEach(() => {
    localStorage.clear();
    forget();
  });

  it('is what was chosen, and the next visit begins with it before the first paint', () => {
    const theme = TestBed.inject(Theme);
    theme.choice.set('dark');
    theme.toggleContrast();
    theme.toggleDensity();
    TestBed.tick();
    const chosen = { theme: 'dark', contrast: 'more', density: 'compact' };
    expect(shown()).toEqual(chosen);
    forget();
    window.eval(beforeFirstPaint);
    expect(shown()).toEqual(chosen);
    TestBed.resetTestingModule();
    expect(TestBed.inject(Theme).density()).toBe('compact');
  });

  it('is as the system says where nothing was chosen, or what is kept is not ours', () => {
    localStorage.setItem('dramatis.appearance', JSON.stringify({ theme: 'neon', density: 3 }));
    window.eval(beforeFirstPaint);
    expect(shown()).toEqual({ theme: 'light', contrast: 'normal', density: 'comfortable' });
    expect(TestBed.inject(Theme).choice()).toBe('system');
  });
});

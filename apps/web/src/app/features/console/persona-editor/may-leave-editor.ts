import type { CanDeactivateFn } from '@angular/router';
import type { EditorPage } from './editor-page';

/** Asks the editor, in which something may not be saved. */
export const mayLeaveEditor: CanDeactivateFn<EditorPage> = (page) => page.mayLeave();

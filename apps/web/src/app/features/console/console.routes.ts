import type { Routes } from '@angular/router';
import { withTexts } from '../../../i18n/with-texts';
import { titled } from '../../shell/page-title';
import type { CustomPage } from './modes/custom-page';
import { mayLeaveEditor } from './persona-editor/may-leave-editor';

const personaEditor = withTexts(['personaEditor', 'gallery', 'fields'], () => import('./persona-editor/editor-page').then((m) => m.EditorPage));

export default [
  {
    path: '',
    loadComponent: () => import('./console-shell').then((m) => m.ConsoleShell),
    children: [
      { path: '', pathMatch: 'full', title: titled('console.corpora'), loadComponent: withTexts(['corpora'], () => import('./corpora/corpora-page').then((m) => m.CorporaPage)) },
      { path: 'audit', title: titled('console.auditLog'), loadComponent: withTexts(['audit'], () => import('./audit/audit-page').then((m) => m.AuditPage)) },
      { path: 'accounts', title: titled('console.accounts'), loadComponent: withTexts(['accounts'], () => import('./accounts/accounts-page').then((m) => m.AccountsPage)) },
      { path: 'quotas', title: titled('console.quotas'), loadComponent: withTexts(['quotas'], () => import('./quotas/quotas-page').then((m) => m.QuotasPage)) },
      { path: 'personas/import', title: titled('exchange.importPersona'), loadComponent: withTexts(['exchange'], () => import('./exchange/import-page').then((m) => m.ImportPage)) },
      { path: 'personas/new', title: titled('personaEditor.newPersona'), canDeactivate: [mayLeaveEditor], loadComponent: personaEditor },
      { path: 'passages/:passageId', title: titled('console.lineage'), loadComponent: withTexts(['lineage'], () => import('./lineage/lineage-page').then((m) => m.LineagePage)) },
      { path: 'modes', title: titled('modes.title'), loadComponent: withTexts(['modes'], () => import('./modes/modes-page').then((m) => m.ModesPage)) },
      ...(['mode', 'format'] as const).map((kind) => ({
        path: `${kind}s/:slug`,
        title: titled('modes.title'),
        data: { kind },
        canDeactivate: [(page: CustomPage) => page.mayLeave()],
        loadComponent: withTexts(['modes', 'fields', 'conversation', 'verdicts'], () => import('./modes/custom-page').then((m) => m.CustomPage)),
      })),
      { path: 'formats', pathMatch: 'full', redirectTo: 'modes' },
      {
        path: 'corpora/:personaId',
        loadComponent: withTexts(['exchange'], () => import('./corpora/corpus-frame').then((m) => m.CorpusFrame)),
        children: [
          { path: '', pathMatch: 'full', redirectTo: 'sources' },
          { path: 'overview', title: titled('console.overview'), loadComponent: withTexts(['profile', 'reasons'], () => import('./profile/profile-page').then((m) => m.ProfilePage)) },
          { path: 'sources', title: titled('app.sources'), loadComponent: withTexts(['sources', 'reasons'], () => import('./sources/sources-page').then((m) => m.SourcesPage)) },
          { path: 'runs', title: titled('console.runs'), loadComponent: withTexts(['runs'], () => import('./runs/runs-page').then((m) => m.RunsPage)) },
          { path: 'runs/:ingestionId', title: titled('console.run'), loadComponent: withTexts(['runs', 'documents', 'reasons'], () => import('./runs/run-page').then((m) => m.RunPage)) },
          { path: 'versions', title: titled('console.versions'), loadComponent: withTexts(['versions'], () => import('./versions/versions-page').then((m) => m.VersionsPage)) },
          { path: 'compare', title: titled('console.compare'), loadComponent: withTexts(['versions', 'documents', 'reasons'], () => import('./versions/compare-page').then((m) => m.ComparePage)) },
          { path: 'persona', title: titled('console.persona'), canDeactivate: [mayLeaveEditor], loadComponent: personaEditor },
          {
            path: 'persona-versions',
            title: titled('personaEditor.versionsOfThePersona'),
            loadComponent: withTexts(['personaEditor'], () => import('./persona-editor/persona-versions-page').then((m) => m.PersonaVersionsPage)),
          },
          {
            path: 'persona-compare',
            title: titled('personaEditor.compareVersions'),
            loadComponent: withTexts(['personaEditor'], () => import('./persona-editor/persona-compare-page').then((m) => m.PersonaComparePage)),
          },
          { path: 'graph', title: titled('console.graph'), loadComponent: withTexts(['graph'], () => import('./graph/graph-page').then((m) => m.GraphPage)) },
          { path: 'search', title: titled('console.search'), loadComponent: withTexts(['playground'], () => import('./playground/playground-page').then((m) => m.PlaygroundPage)) },
        ],
      },
      { path: '**', title: titled('app.notFound.title'), loadComponent: () => import('../not-found/not-found-page').then((m) => m.NotFoundPage) },
    ],
  },
] satisfies Routes;

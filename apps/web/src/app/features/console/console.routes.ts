import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./console-shell').then((m) => m.ConsoleShell),
    children: [
      { path: '', pathMatch: 'full', title: 'Corpora', loadComponent: () => import('./corpora/corpora-page').then((m) => m.CorporaPage) },
      { path: 'audit', title: 'Audit log', loadComponent: () => import('./audit/audit-page').then((m) => m.AuditPage) },
      { path: 'accounts', title: 'Accounts', loadComponent: () => import('./accounts/accounts-page').then((m) => m.AccountsPage) },
      { path: 'quotas', title: 'Quotas', loadComponent: () => import('./quotas/quotas-page').then((m) => m.QuotasPage) },
      { path: 'passages/:passageId', title: 'Lineage', loadComponent: () => import('./lineage/lineage-page').then((m) => m.LineagePage) },
      {
        path: 'corpora/:personaId',
        loadComponent: () => import('./corpora/corpus-frame').then((m) => m.CorpusFrame),
        children: [
          { path: '', pathMatch: 'full', redirectTo: 'sources' },
          { path: 'overview', title: 'Overview', loadComponent: () => import('./profile/profile-page').then((m) => m.ProfilePage) },
          { path: 'sources', title: 'Sources', loadComponent: () => import('./sources/sources-page').then((m) => m.SourcesPage) },
          { path: 'runs', title: 'Runs', loadComponent: () => import('./runs/runs-page').then((m) => m.RunsPage) },
          { path: 'runs/:ingestionId', title: 'Run', loadComponent: () => import('./runs/run-page').then((m) => m.RunPage) },
          { path: 'versions', title: 'Versions', loadComponent: () => import('./versions/versions-page').then((m) => m.VersionsPage) },
          { path: 'compare', title: 'Compare', loadComponent: () => import('./versions/compare-page').then((m) => m.ComparePage) },
          { path: 'graph', title: 'Graph', loadComponent: () => import('./graph/graph-page').then((m) => m.GraphPage) },
          { path: 'search', title: 'Search', loadComponent: () => import('./playground/playground-page').then((m) => m.PlaygroundPage) },
        ],
      },
      { path: '**', title: 'Not found', loadComponent: () => import('../not-found/not-found-page').then((m) => m.NotFoundPage) },
    ],
  },
] satisfies Routes;

// Sets the theme before the first paint, so that no page flashes in the wrong one. The Theme service takes over from here.
(function () {
  var root = document.documentElement;
  var kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('dramatis.appearance') || '{}') || {};
  } catch {
    // Storage is blocked or holds something else: the system's preference decides.
  }
  var dark = kept.theme === 'dark' || (kept.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  var more = kept.contrast === 'more' || (kept.contrast !== 'normal' && matchMedia('(prefers-contrast: more)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  root.dataset.contrast = more ? 'more' : 'normal';
  root.dataset.density = kept.density === 'compact' ? 'compact' : 'comfortable';
})();

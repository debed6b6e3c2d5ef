/**
 * Which of MongoDB's own builds runs on this system.
 *
 * @param {string} platform as in process.platform
 * @param {string} architecture as in process.arch
 * @param {string} osRelease the text of /etc/os-release
 * @returns {{ folder: string, name: string } | undefined} the download site's folder and the archive's name up to the version;
 *   undefined where there is no build
 */
export function mongodbBuild(platform, architecture, osRelease) {
  const cpu = { x64: 'x86_64', arm64: 'aarch64' }[architecture];
  if (cpu === undefined) return undefined;
  if (platform === 'darwin') return { folder: 'osx', name: `mongodb-macos-${architecture === 'arm64' ? 'arm64' : 'x86_64'}` };
  if (platform !== 'linux') return undefined;
  const distribution = distributionOf(osRelease);
  if (distribution === undefined || (distribution.startsWith('debian') && cpu !== 'x86_64')) return undefined;
  return { folder: 'linux', name: `mongodb-linux-${cpu}-${distribution}` };
}

/**
 * @param {string} osRelease
 * @returns {string | undefined} as MongoDB's archives name it
 */
function distributionOf(osRelease) {
  const field = (/** @type {string} */ key) => new RegExp(`^${key}="?([^"\\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
  const families = [field('ID'), ...field('ID_LIKE').split(' ')];
  const [major] = field('VERSION_ID').split('.').map(Number);
  if (families[0] === 'ubuntu') return major >= 24 ? 'ubuntu2404' : major >= 22 ? 'ubuntu2204' : undefined;
  if (families[0] === 'debian') return major >= 12 ? 'debian12' : undefined;
  if (families[0] === 'amzn') return major >= 2023 ? 'amazon2023' : undefined;
  if (families.includes('rhel') || families.includes('fedora')) return major >= 9 ? 'rhel93' : major === 8 ? 'rhel8' : undefined;
  return undefined;
}

import { mongodbBuild } from './mongodb-builds.mjs';

const DEBIAN_12 = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n';
const UBUNTU_22 = 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\n';
const ROCKY_9 = 'ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\n';
const ALPINE = 'ID=alpine\nVERSION_ID=3.20.1\n';

describe('mongodbBuild', () => {
  it.each([
    ['linux', 'x64', DEBIAN_12, { folder: 'linux', name: 'mongodb-linux-x86_64-debian12' }],
    ['linux', 'arm64', UBUNTU_22, { folder: 'linux', name: 'mongodb-linux-aarch64-ubuntu2204' }],
    ['linux', 'x64', ROCKY_9, { folder: 'linux', name: 'mongodb-linux-x86_64-rhel93' }],
    ['darwin', 'arm64', '', { folder: 'osx', name: 'mongodb-macos-arm64' }],
  ])('names the archive for %s %s', (platform, architecture, osRelease, build) => {
    expect(mongodbBuild(platform, architecture, osRelease)).toEqual(build);
  });

  it.each([
    ['Debian on arm64', 'linux', 'arm64', DEBIAN_12],
    ['Alpine, whose C library is another', 'linux', 'x64', ALPINE],
    ['an unknown processor', 'linux', 'riscv64', UBUNTU_22],
    ['a system that says nothing of itself', 'linux', 'x64', ''],
  ])('knows of none for %s', (_, platform, architecture, osRelease) => {
    expect(mongodbBuild(platform, architecture, osRelease)).toBeUndefined();
  });
});

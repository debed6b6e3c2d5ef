import { chooseJdk, majorVersion } from './java.mjs';

describe('chooseJdk', () => {
  const jdk = (/** @type {number} */ major) => ({ home: `/jdk-${major}`, major });

  it('takes JAVA_HOME when it is new enough, though a newer one is installed', () => {
    expect(chooseJdk(jdk(21), [jdk(25)], 21)).toEqual(jdk(21));
  });

  it('passes over a JAVA_HOME that is too old', () => {
    expect(chooseJdk(jdk(17), [jdk(21)], 21)).toEqual(jdk(21));
  });

  it('takes the newest that is installed', () => {
    expect(chooseJdk(undefined, [jdk(21), jdk(25), jdk(17)], 21)).toEqual(jdk(25));
  });

  it('finds none among old ones', () => {
    expect(chooseJdk(undefined, [jdk(17), jdk(11)], 21)).toBeUndefined();
  });
});

describe('majorVersion', () => {
  it.each([
    ['IMPLEMENTOR="X"\nJAVA_RUNTIME_VERSION="25.0.3+9-LTS"\nJAVA_VERSION="25.0.3"\n', 25],
    ['JAVA_VERSION="21"\n', 21],
    ['JAVA_VERSION="1.8.0_402"\n', 8],
    ['IMPLEMENTOR="X"\n', undefined],
  ])('reads %j', (releaseFile, major) => {
    expect(majorVersion(releaseFile)).toBe(major);
  });
});

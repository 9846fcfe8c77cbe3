import { describe, expect, it } from 'vitest';
import { DISPLAY_NEEDS, ELECTRON_NEEDS, missingNeeds, packageNames } from '../../../scripts/lib/system.mjs';

const NEEDS = [...ELECTRON_NEEDS, ...DISPLAY_NEEDS];
const none = () => false;

describe('missingNeeds', () => {
  it('looks for libraries by soname and for programs on the path', () => {
    const missing = missingNeeds(
      NEEDS,
      (soname) => soname !== 'libnotify.so.4',
      (program) => program !== 'Xvfb',
    );
    expect(missing.map((need) => need.name)).toEqual(['libnotify.so.4', 'Xvfb']);
  });

  it('asks for nothing when everything is there', () => {
    const yes = () => true;
    expect(missingNeeds(NEEDS, yes, yes)).toEqual([]);
  });
});

describe('packageNames', () => {
  it('takes the renamed packages where the release knows them', () => {
    const ubuntu24 = new Set([
      'libgtk-3-0t64',
      'libasound2t64',
      'libnss3',
      'libgbm1',
      'libnotify4',
      'xvfb',
      'dbus-daemon',
    ]);
    const names = packageNames(missingNeeds(NEEDS, none, none), (name) => ubuntu24.has(name));
    expect(names).toEqual([...ubuntu24].sort((a, b) => names.indexOf(a) - names.indexOf(b)));
    expect(names).toContain('libgtk-3-0t64');
  });

  it('takes the old names on releases from before the change', () => {
    const debian12 = new Set(['libgtk-3-0', 'libasound2', 'libnss3', 'libgbm1', 'libnotify4', 'xvfb', 'dbus-daemon']);
    const names = packageNames(missingNeeds(NEEDS, none, none), (name) => debian12.has(name));
    expect(new Set(names)).toEqual(debian12);
  });

  it('falls back to the oldest name when the package lists are empty', () => {
    expect(packageNames(missingNeeds(ELECTRON_NEEDS, none), none)).toContain('libasound2');
  });
});

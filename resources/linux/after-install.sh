#!/bin/sh
# After deb and rpm have put the files in place. Everything that is made here is taken away by after-remove.sh.
# Names in braces behind a dollar sign are filled in by electron-builder.
set -e

# Pages run in a sandbox made of user namespaces; where the kernel has none, by a helper that must be root's own.
if [ -L /proc/self/ns/user ] && unshare --user true 2>/dev/null; then mode=0755; else mode=4755; fi
chmod "$mode" '/opt/${sanitizedProductName}/chrome-sandbox'

# Ubuntu 24.04 and later allow user namespaces only to programs with an AppArmor profile; earlier parsers do not know the
# profile's language, and need none.
profile='/opt/${sanitizedProductName}/resources/apparmor-profile'
if apparmor_status --enabled >/dev/null 2>&1 && apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
  cp -f "$profile" '/etc/apparmor.d/${executable}'
  if ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
    apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
  fi
fi

#!/bin/sh
# After deb ("remove", "purge") and rpm (0 of it left) have taken the files away. An upgrade keeps what the new package has made.
# What people have collected lies in their own folders and is never touched.
case ${1-} in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac
if [ -f '/etc/apparmor.d/${executable}' ]; then
  if apparmor_status --enabled >/dev/null 2>&1 && ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
    apparmor_parser --remove '/etc/apparmor.d/${executable}' || true
  fi
  rm -f '/etc/apparmor.d/${executable}'
fi

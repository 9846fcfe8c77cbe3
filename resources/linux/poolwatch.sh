#!/bin/sh
# "poolwatch" on the PATH. With a command it is the command line: no window, no display, and no page either, so that nothing is
# lost without the sandbox for pages, which Chromium refuses to root; what Chromium itself would remark on (no bus, say) stays away.
# With a flag, a link or nothing it is the app.
app=$(dirname -- "$(readlink -f -- "$0")")/../poolwatch
[ -x "$app" ] || app=/opt/Poolwatch/poolwatch
case ${1-} in
  -h | --help) ;;
  '' | -* | *:*) exec "$app" "$@" ;;
esac
exec "$app" --no-sandbox --no-zygote --log-level=3 -- "$@"

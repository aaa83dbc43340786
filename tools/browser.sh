#!/bin/sh
# The browser tests want Debian's Chromium. Install it where that needs no password; tests that miss it skip.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "kargah: no Chromium here and no way to install one: browser tests will be skipped"
    exit 0
fi
echo "kargah: installing Chromium"
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update && apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1; then
    echo "kargah: apt-get could not install chromium: browser tests will be skipped"
fi

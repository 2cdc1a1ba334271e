#!/bin/sh
# Puts the console's files into a bucket, each with its type and its lifetime, in the order in which no visitor can meet a
# page whose files are not there yet: files named by their bytes first, index.html last. Removes nothing, so pages that are
# open keep the files of the build they began with.
#
#   sh upload.sh FOLDER s3://BUCKET[/PATH] [CONFIG]
#
# CONFIG is your config.json; without it the one in the bucket stays. Needs the AWS command line with rights to the bucket.
# Modelled in our tests: this script runs there with a stand-in for that command line.
set -eu

if [ $# -lt 2 ] || [ ! -f "$1/index.html" ]; then
  echo "error: give the console's folder and s3://BUCKET[/PATH]. Usage: sh upload.sh FOLDER s3://BUCKET[/PATH] [CONFIG]" >&2
  exit 1
fi
folder=${1%/}
target=${2%/}
config=${3:-}

type_of() {
  case $1 in
    *.html) echo "text/html; charset=utf-8" ;;
    *.js) echo "text/javascript; charset=utf-8" ;;
    *.css) echo "text/css; charset=utf-8" ;;
    *.wasm) echo "application/wasm" ;;
    *.json) echo "application/json" ;;
    *.svg) echo "image/svg+xml" ;;
    *.ts) echo "text/plain; charset=utf-8" ;;
    *) echo "application/octet-stream" ;;
  esac
}

put() {
  aws s3 cp "$1" "$target/$2" --content-type "$(type_of "$2")" --cache-control "$3" --only-show-errors
}

hashed='-[0-9a-f]{16}(_bg)?\.(js|css|wasm)$'

# CloudFront compresses at its edges, so the siblings stay here.
names=$(cd "$folder" && find . -type f ! -name '*.br' ! -name '*.gz' | sed 's|^\./||' | LC_ALL=C sort)

# No name of a build holds a space, so each word is one file.
for name in $names; do
  if echo "$name" | grep -Eq -e "$hashed"; then
    put "$folder/$name" "$name" "public, max-age=31536000, immutable"
  fi
done
for name in $names; do
  case $name in
    index.html | version.json | config.json) continue ;;
  esac
  if ! echo "$name" | grep -Eq -e "$hashed"; then
    put "$folder/$name" "$name" "no-cache"
  fi
done
if [ -n "$config" ]; then
  put "$config" config.json "no-cache"
fi
# Last: from here on visitors get the new build, and open pages learn that there is one.
put "$folder/index.html" index.html "no-cache"
put "$folder/version.json" version.json "no-cache"

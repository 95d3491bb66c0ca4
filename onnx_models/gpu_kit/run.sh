#!/bin/sh
# Trains on this machine's GPU: sh run.sh [MINUTES] [RESULTS] [cuda|cpu]
# All of it, unpacking too, takes MINUTES (20; at least 5). A second run goes on from the first.
set -eu
minutes=${1:-20} device=${3:-cuda} python=${PYTHON:-python3}
case $minutes in
'' | *[!0-9]* | 0*) echo "minutes are '$minutes'; give a whole number, at least 5" >&2; exit 2 ;;
esac
end=$(($(date +%s) + minutes * 60))
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${2:-$here/results}"
results=$(cd "${2:-$here/results}" && pwd)
kit=$here/unpacked
folder=$kit/training

left() { echo $((end - $(date +%s))); }
tell() { echo "$(left) s left: $*"; }
songs_there() { find "$folder/songs" -name '*[0-9].npz' 2>/dev/null | wc -l; }
in_minutes() { awk "BEGIN { print ($1 < 5 ? 5 : $1) / 60 }"; }

if [ ! -d "$kit" ]; then
    (cd "$here" && sha256sum --quiet --check SHA256SUMS)
    rm -rf "$kit.partial"
    cat "$here"/kit.tar.xz.[0-9]* | "$python" -c 'import sys, tarfile
tarfile.open(fileobj=sys.stdin.buffer, mode="r|xz").extractall(sys.argv[1], filter="data")
' "$kit.partial"
    mv "$kit.partial" "$kit"
fi
cd "$kit"
fonts=$(printf ':%s' "$kit"/soundfonts/*)
export PARTIMENTO_SOUNDFONTS="${fonts#:}" LD_LIBRARY_PATH="$kit/lib" PYTHONPATH="$kit/site:$kit"
export PYTHONUNBUFFERED=1 OMP_NUM_THREADS=1
train() { "$python" -m onnx_models.train --folder "$folder" "$@"; }

cores=$(env -u OMP_NUM_THREADS nproc) # which it would count instead
workers=$((cores > 4 ? cores - 3 : 1))
first=$(($(date +%s) % 100000 * 4000)) # songs that no other run is likely to have
tell "composing with $workers of $cores cores, from song $first on"
setsid "$python" -m onnx_models.train --folder "$folder" songs --audio 240 --first "$first" \
    --count 3000 --workers $workers >"$kit/songs.log" 2>&1 &
composers=$!
vocoder=0
trap 'kill -- -$composers 2>/dev/null || :; kill "$vocoder" 2>/dev/null || :' EXIT
soon=$(($(date +%s) + 30))
until [ "$(songs_there)" -ge 300 ] || { [ "$(date +%s)" -ge $soon ] && [ "$(songs_there)" -ge 8 ]; }; do
    kill -0 $composers 2>/dev/null || { cat "$kit/songs.log"; exit 1; }
    sleep 1
done

tell "teaching the vocoder beside all else"
train --afresh vocoder --device "$device" --minutes "$(in_minutes $(($(left) - 75)))" \
    >"$kit/vocoder.log" 2>&1 &
vocoder=$!
seconds=$((($(left) - 90) * 11 / 20))
tell "training for $seconds s, from $(songs_there) songs on"
train denoiser --device "$device" --learning-rate 1e-3 --minutes "$(in_minutes $seconds)"
kill -- -$composers 2>/dev/null || :
rm -f "$folder"/songs/*.partial.npz
rm -f "$folder"/distilled.* "$folder"/sharpened.* # of a run before: they go on from the new one
seconds=$((($(left) - 90) / 4)) # each takes all songs in again
tell "distilling for $seconds s, by $(songs_there) songs"
train distil --device "$device" --learning-rate 4e-4 --substeps 1 \
    --minutes "$(in_minutes $seconds)"
results() { "$python" -m onnx_models.gpu_kit --folder "$folder" results "$results"; }
results # in case that the machine is taken away early
seconds=$(($(left) - 75)) # to take them in, and to write
tell "sharpening for $seconds s"
train sharpen --device "$device" --learning-rate 4e-4 --minutes "$(in_minutes $seconds)"
wait "$vocoder" || cat "$kit/vocoder.log"
results
tell "done; take back all of $results"

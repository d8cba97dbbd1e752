# shellcheck shell=bash disable=SC2034 # run-test.sh reads this when all is built, before a study begins
# What a study of Dialogs needs beside its actions: a key, a feed with tokens, and dialogs that can be listed.
# The key is no secret: what it guards lives as long as the study. It is always the same, and so is the feed.
export JWT_KEY=${JWT_KEY:-"for studies: nobody's messages are behind this key"}
if [ -z "$FEED" ]; then
    FEED=artifacts/dialogs.tsv
    artifacts/bin/Dialogs/release/Dialogs feed --users 1000 --zipf 1.1 --lines 4000 --until 2100-01-01 >"$FEED"
fi
RESET="$RESET --messages 4000"

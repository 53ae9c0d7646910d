#!/bin/sh
# kyket-small from an encoder and plain text, from the root of the repository:
#
#     sh configs/kyket-small.sh models/base news.txt.xz
#
# Every step goes on where it stopped. The first and the third want a GPU; the others take two cores an hour or two each.
set -eu
base=$1
text=$2
kyket pretrain configs/pretrain.yaml runs/base-news --base "$base" --text "$text"
for seed in 1 2 3; do
    kyket train configs/small.yaml --base runs/base-news --run "runs/teacher-$seed" --seed "$seed"
done
kyket distil configs/distil.yaml runs/student --text data/articles/train --text "$text"
for seed in 1 2; do
    kyket train configs/small-last.yaml --base runs/student --run "runs/last-$seed" --seed "$seed"
done
kyket average runs/last-1 runs/last-2 --out runs/kyket-small
kyket export runs/kyket-small models/kyket-small

#!/bin/sh
# kyket-small from models/base-news and the text that it was trained on, from the root of the repository:
#
#     sh configs/kyket-small.sh news.txt.xz
#
# Every step goes on where it stopped. `distil` wants a GPU.
set -eu
text=$1
for seed in 1 2 3; do
    kyket train configs/small.yaml --run "runs/teacher-$seed" --seed "$seed"
done
kyket distil configs/distil.yaml runs/student --text data/articles/train --text "$text"
for seed in 1 2; do
    kyket train configs/small-last.yaml --base runs/student --run "runs/last-$seed" --seed "$seed"
done
kyket average runs/last-1 runs/last-2 --out runs/wide
kyket distil configs/lean.yaml runs/lean --text data/articles/train --text "$text"
for seed in 1 2; do
    kyket train configs/small-last.yaml --base runs/lean --run "runs/long-$seed" --seed "$seed"
    kyket train configs/small-last.yaml --base runs/lean --run "runs/short-$seed" --seed "$seed" \
        --set epochs=2 --set learning_rate=4e-5
done
kyket average runs/long-1 runs/long-2 runs/short-1 runs/short-2 --start 0.5 --out runs/kyket-small
kyket export runs/kyket-small models/kyket-small

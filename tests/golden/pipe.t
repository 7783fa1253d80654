# A reader that stops early is no failure of ours.
$ shortfall explain links | head -1
links - roads and other ways between places
$ shortfall models --schema | head -2
{
  "$schema": "http://json-schema.org/draft-07/schema#",
$ shortfall models >/dev/full
shortfall: standard output: No space left on device
[exit 1]

# The schema that editors use is the one that the tables give.
$ shortfall models --schema | cmp - scenarios/schema.json
$ python3 -c "import json; json.load(open(\"scenarios/schema.json\"))"

# The schemas that editors use are those that the tables give.
$ shortfall models --schema | cmp - scenarios/schema.json
$ python3 -c "import json; json.load(open(\"scenarios/schema.json\"))"
$ shortfall explain study-schema | cmp - scenarios/study-schema.json
$ python3 -c "import json; json.load(open(\"scenarios/study-schema.json\"))"

#!/usr/bin/env python3
# studies.py - shipped studies keep to the schema, and the schema says no.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall studies.py

Every study in scenarios/sweeps keeps to scenarios/study-schema.json; studies
spoilt in one place do not. The check is the part of JSON Schema (draft-07)
that the schema uses, a keyword nobody knows being an error; python3-jsonschema
judges too where it is installed, and must agree.
"""
import copy
import json
import pathlib
import re
import sys

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
SCHEMA = json.loads((SCENARIOS / 'study-schema.json').read_text('utf-8'))
TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool,
         'number': (int, float)}


def is_type(value, name):
    is_flag = isinstance(value, bool)
    return isinstance(value, TYPES[name]) and is_flag == (name == 'boolean')


def in_object(value, rules):
    known, more = rules.get('properties', {}), rules.get(
        'additionalProperties', True)
    yield len(value) >= rules.get('minProperties', 0)
    yield all(key in value for key in rules.get('required', []))
    for key, member in value.items():
        yield re.search(rules.get('propertyNames', {}).get('pattern', ''), key)
        below = known.get(key, more)
        yield below if isinstance(below, bool) else holds(member, below)


def in_array(value, rules):
    yield rules.get('minItems', 0) <= len(value) <= rules.get('maxItems', 1e9)
    yield not rules.get('uniqueItems') or len(set(value)) == len(value)
    yield all(holds(item, rules.get('items', {})) for item in value)


def conditions(value, rules):
    """What the keywords of a schema ask of a value, one by one."""
    unknown = set(rules) - {
        '$schema', 'title', 'description', 'definitions', 'default', '$ref',
        'type', 'const', 'enum', 'oneOf', 'pattern', 'minimum', 'maximum',
        'properties', 'additionalProperties', 'propertyNames', 'required',
        'minProperties', 'items', 'minItems', 'maxItems', 'uniqueItems'}
    if unknown:
        sys.exit(f'the schema uses {unknown}, which this test does not know')
    if '$ref' in rules:
        yield holds(value, SCHEMA['definitions'][rules['$ref'].split('/')[-1]])
    types = rules.get('type', [])
    names = [types] if isinstance(types, str) else types
    yield not names or any(is_type(value, name) for name in names)
    yield value == rules.get('const', value)
    yield value in rules.get('enum', [value])
    ways = rules.get('oneOf')
    yield not ways or sum(holds(value, way) for way in ways) == 1
    if isinstance(value, str):
        yield re.search(rules.get('pattern', ''), value)
    if isinstance(value, (int, float)):
        yield rules.get('minimum', value) <= value <= rules.get('maximum',
                                                                 value)
    if isinstance(value, dict):
        yield from in_object(value, rules)
    if isinstance(value, list):
        yield from in_array(value, rules)


def holds(value, rules):
    return all(conditions(value, rules))


# Where a study is spoilt, and with what.
SPOILT = [
    ('name', None), ('scenario', 3), ('seed', 1), ('format', 2),
    ('replications_count', 0), ('desing', {}), ('day0', '1 May'),
    ('set', {'models/x': 1}), ('design', {'kind': 'girds'}),
    ('design', {'points_count': 4}), ('factors', {}), ('outcomes', {}),
    ('factors', {'a-b': {'target': '/x'}}),
    ('factors', {'a': {'range': [0, 1]}}),
    ('factors', {'a': {'target': '/x', 'lever': 'y.json'}}),
    ('factors', {'a': {'target': 'x', 'range': [0, 1]}}),
    ('factors', {'a': {'target': '/x', 'range': [0]}}),
    ('factors', {'a': {'target': '/x', 'levels': [1, 'two']}}),
    ('factors', {'a': {'target': '/x', 'is_log': 1}}),
    ('constraints', {'a': {'max': 1}}),
    ('outcomes', {'a': {'metric': '/lost_count', 'series': ['/x']}}),
    ('outcomes', {'a': {'series': ['/x'], 'stat': 'avarage'}}),
    ('series', 'kessa/fuel/served_frac'), ('budget', {'run_s': -1}),
]


def judge(study):
    """Whether the schema takes a study; both judges agree."""
    answer = holds(study, SCHEMA)
    if jsonschema:
        other = jsonschema.Draft7Validator(SCHEMA).is_valid(study)
        if other != answer:
            sys.exit(f'jsonschema says {other}, this test {answer}: {study}')
    return answer


def main():
    wrong = []
    paths = sorted(SCENARIOS.glob('sweeps/*.json'))
    for path in paths:
        if not judge(json.loads(path.read_text('utf-8'))):
            wrong.append(f'{path.name} does not keep to the schema')
    good = json.loads(paths[0].read_text('utf-8'))
    for key, value in SPOILT:
        bad = copy.deepcopy(good)
        bad[key] = value
        if judge(bad):
            wrong.append(f'the schema takes {key}: {value}')
    print('\n'.join(wrong))
    print(f'{len(paths)} studies, {len(SPOILT)} spoilt ones, '
          f'{"two judges" if jsonschema else "no python3-jsonschema"}: '
          f'{len(wrong)} wrong')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())

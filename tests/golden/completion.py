#!/usr/bin/env python3
# completion.py - shells complete what commands take. SPDX-License-Identifier: GPL-3.0-or-later
"""Drives bash as it would be by the tab key, fish by its own "complete -C",
and zsh with functions of its completion that tell what they are given; the
last two only where they are."""
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))

# (the line up to the cursor, what has to be among the candidates, what not)
LINES = [
    ('shortfall che', ['check'], ['run', 'complete']),
    ('shortfall ', ['run', 'completion'], ['manual', 'complete']),
    ('shortfall --v', ['--version'], ['--help']),
    ('shortfall sweep ', ['plan', 'run', 'merge'], ['check']),
    ('shortfall sweep run --sh', ['--shard'], ['--engine']),
    ('shortfall sweep run --engine ', ['local', 'slurm'], []),
    ('shortfall run --', ['--precision', '--color', '--lang'], ['--lever']),
    ('shortfall run --lang ', ['en', 'fr'], []),
    ('shortfall run x.json --color a', ['auto', 'always'], ['never']),
    ('shortfall network --format ', ['text', 'csv', 'json'], []),
    ('shortfall sensitivity -m p', ['pawn', 'prim'], ['sobol']),
    ('shortfall explain interdiction/am', ['interdiction/ambush'], []),
    ('shortfall explain st', ['study', 'study-schema'], []),
    ('shortfall check scenarios/two', ['scenarios/two-roads.json'], []),
    ('shortfall check scenarios/R', [], ['scenarios/README.md']),
    ('shortfall compare scenarios/two-roads.json --lever scenarios/lever-res',
     ['scenarios/lever-reserve.json'], []),
    ('shortfall plot sce', ['scenarios'], []),
    ('shortfall plot scenarios/two', [], ['scenarios/two-roads.json']),
    ('shortfall completion ', ['bash', 'zsh', 'fish'], []),
    ('shortfall run -n ', [], ['N', '1']),
]
# Where bash and the others differ: to bash "=" ends a word.
EQUALS = [
    ('shortfall run --lang=', ['en', 'fr'], ['--lang=en', '--lang=fr']),
    ('shortfall compare x --lever=scenarios/lever-res',
     ['scenarios/lever-reserve.json'],
     ['--lever=scenarios/lever-reserve.json']),
]

# What stands behind the cursor is not looked at.
BEHIND = [('shortfall che', ' scenarios/two', ['check'])]

BASH = r'''
source <(shortfall completion bash)
[[ $(complete -p shortfall) == 'complete -F _shortfall shortfall' ]] || exit 9
while IFS=$'\x1f' read -r line behind; do
  COMP_LINE=$line$behind COMP_POINT=${#line} COMP_CWORD=1
  read -ra COMP_WORDS <<<"$line"
  _shortfall
  printf '%s\x1f' "${COMPREPLY[@]}"
  echo
done
'''

# _describe TAG ARRAY, _files [-/ | -g PATTERN] and compset -P PATTERN are what
# the script calls; the first part of "word:what it is" is the candidate.
ZSH = r'''
_describe () {
  local row
  for row in ${(P)2}; print -r -- ${${row%%[^\\]:*}}${${(M)row%%[^\\]:*}[1]}
}
_files () {
  local -a found
  case $1 in
  -/) found=($PREFIX*(N/)) ;;
  -g) found=($PREFIX*(N/) ${~:-$PREFIX$2}(N)) ;;
  *) found=($PREFIX*(N)) ;;
  esac
  print -rl -- $front$^found
}
compset () {
  front=${PREFIX%%=*}= PREFIX=${PREFIX#*=}
}
compdef () { }
source =(shortfall completion zsh)
while IFS= read -r line; do
  words=(${(z)line}) front=
  [[ $line == *' ' ]] && words+=('')
  CURRENT=$#words PREFIX=$words[-1]
  _shortfall
  print -r -- ---
done
'''


def shell(args, text, env):
    done = subprocess.run(args, input=text, text=True, env=env, cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    if done.returncode != 0 or done.stderr:
        sys.exit('%s: %d %s' % (args, done.returncode, done.stderr))
    return done.stdout


def judge(name, line, found, there, absent):
    if set(there) - set(found) or set(absent) & set(found):
        sys.exit('%s: "%s" gives %s' % (name, line, found))


def check_bash(env):
    lines = LINES + [(line, there, []) for line, there, _ in EQUALS] + [
        (line + '\x1f' + behind, there, []) for line, behind, there in BEHIND]
    said = shell(['bash', '--norc', '-c', BASH],
                 ''.join(line + '\n' for line, _, _ in lines), env)
    rows = said.splitlines()
    assert len(rows) == len(lines), said
    for (line, there, absent), row in zip(lines, rows):
        judge('bash', line, row.split('\x1f')[:-1], there, absent)


def check_zsh(env):
    lines = LINES + [(line, there, []) for line, _, there in EQUALS]
    said = shell(['zsh', '-f', '-c', ZSH],
                 ''.join(line + '\n' for line, _, _ in lines), env)
    parts = said.split('---\n')[:-1]
    assert len(parts) == len(lines), said
    for (line, there, absent), part in zip(lines, parts):
        judge('zsh', line, part.splitlines(), there, absent)


def check_words(env):
    """What a candidate is stands beside it, in the language."""
    for lang, wanted in (('en', '--force\tReplace an existing result folder\n'),
                         ('fr', '--force\tRemplacer')):
        said = shell(['shortfall', 'complete', '--lang', lang, '--', 'run',
                      '--for'], '', env)
        if not said.startswith(wanted):
            sys.exit('complete --lang %s: %s' % (lang, said))


def check_fish(env):
    script = 'shortfall completion fish | source\n'
    for line, there, absent in LINES + [(line, there, [])
                                        for line, _, there in EQUALS]:
        said = shell(['fish', '--no-config', '-c',
                      script + "complete -C '%s'" % line], '', env)
        found = [row.split('\t')[0].rstrip('/') for row in said.splitlines()]
        judge('fish', line, found, there, absent)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.abspath(os.environ['SHORTFALL']),
                   os.path.join(folder, 'shortfall'))
        env = dict(os.environ, LC_ALL='C.UTF-8', HOME=folder, TERM='dumb',
                   PATH=folder + os.pathsep + os.environ['PATH'])
        check_bash(env)
        check_words(env)
        if shutil.which('zsh'):
            check_zsh(env)
        if shutil.which('fish'):
            check_fish(env)
    print('completed')


if __name__ == '__main__':
    main()

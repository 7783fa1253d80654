#!/usr/bin/env python3
# install.py - what meson install leaves works. SPDX-License-Identifier: GPL-3.0-or-later
"""Installs into a fresh folder and uses what is there: the program, found
through PATH, with figures; the library through pkg-config, in a program of
our own; every public header alone; manual pages of every command in both
languages; scripts of completion. Nothing of the source folder may be needed.

usage: install.py BUILD-FOLDER COMPILER [FLAG...]
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def run(args, **options):
    done = subprocess.run(args, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.STDOUT, check=False, **options)
    if done.returncode != 0:
        sys.exit('%s ended with %d:\n%s' % (' '.join(args), done.returncode,
                                            done.stdout))
    return done.stdout


def find(folder, name):
    for place, _, files in os.walk(folder):
        if name in files:
            return os.path.join(place, name)
    sys.exit('%s was not installed' % name)


def check_program(prefix, env, work):
    """Runs with figures, far from the source folder."""
    scenario = os.path.join(prefix, 'share/shortfall/scenarios/two-roads.json')
    shutil.copytree(os.path.dirname(scenario), os.path.join(work, 'scenarios'))
    run(['shortfall', 'run', 'scenarios/two-roads.json', '-n', '3', '-q', '-o',
         'out'], env=env, cwd=work)
    for name in ('curves.csv', 'figures/shortage.svg', 'figures/map.png'):
        if not os.path.getsize(os.path.join(work, 'out', name)):
            sys.exit('%s is empty' % name)
    if 'schema' not in run(['shortfall', 'models', '--schema'], env=env):
        sys.exit('no schema')
    if 'Utilisation' not in run(['shortfall', 'run', '--help', '--lang', 'fr'],
                                env=env):
        sys.exit('help is not in French')
    for name in ('demo.sh', 'bad'):
        if os.path.exists(os.path.join(work, 'scenarios', name)):
            sys.exit('%s belongs to a checkout' % name)
    return scenario


def pkg_config(prefix, *what):
    env = dict(os.environ, PKG_CONFIG_PATH=os.path.dirname(
        find(prefix, 'shortfall.pc')))
    return run(['pkg-config', *what, 'shortfall'], env=env).split()


def check_library(prefix, compiler, work, scenario):
    # The folder is not yet where it was configured to end up.
    path = find(prefix, 'shortfall.pc')
    with open(path, encoding='utf-8') as file:
        text = re.sub('^prefix=.*', 'prefix=' + prefix, file.read(), flags=re.M)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    program = os.path.join(work, 'library')
    cflags = pkg_config(prefix, '--cflags')
    run([*compiler, '-Wall', '-Werror', '-o', program,
         os.path.join(HERE, 'library.c'), *cflags,
         *pkg_config(prefix, '--libs')])
    said = run([program, scenario])
    if said != '5 replications of Two roads to a capital\n':
        sys.exit('the program of our own said: ' + said)
    include = os.path.join(prefix, 'include/shortfall')
    names = [os.path.relpath(os.path.join(place, name), include)
             for place, _, files in os.walk(include) for name in files]
    if len(names) < 40 or any('private' in name for name in names):
        sys.exit('headers: %s' % names)
    source = os.path.join(work, 'headers.c')
    for name in names:
        with open(source, 'w', encoding='ascii') as file:
            file.write('#include <%s>\n' % name)
        run([*compiler, '-Wall', '-Werror', '-fsyntax-only', *cflags, source])


def check_page(path):
    """No warning of the tools that there are."""
    if shutil.which('man'):
        env = dict(os.environ, LC_ALL='C.UTF-8')
        done = subprocess.run(['man', '--warnings', '-E', 'UTF-8', '-l',
                               '-Tutf8', '-Z', path], env=env, text=True,
                              stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, check=False)
        if done.returncode != 0 or done.stderr:
            sys.exit('%s: %s' % (path, done.stderr))
    if shutil.which('mandoc'):
        said = subprocess.run(['mandoc', '-T', 'lint', '-W', 'warning', path],
                              stdout=subprocess.PIPE, text=True,
                              check=False).stdout.splitlines()
        said = [line for line in said if 'missing date' not in line]
        if said:
            sys.exit('\n'.join(said))


def check_pages(prefix, env):
    """A page a command in each language, found by man itself."""
    talk = run(['shortfall', '--help'], env=env)
    part = talk.split('Commands:\n')[1].split('\n\n')[0]
    commands = re.findall(r'^  ([a-z]+) ', part, re.M)
    if len(commands) < 14:
        sys.exit('commands: %s' % commands)
    for lang in ('', 'fr'):
        folder = os.path.join(prefix, 'share/man', lang, 'man1')
        for name in ['shortfall'] + ['shortfall-' + c for c in commands]:
            path = os.path.join(folder, name + '.1')
            if not os.path.exists(path):
                sys.exit('%s: no manual page; add it in '
                         'sim/packaging/meson.build' % path)
            said = run(['shortfall', 'manual', *name.split('-')[1:], '--lang',
                        lang or 'en'], env=env)
            with open(path, encoding='utf-8') as file:
                if file.read() != said:
                    sys.exit('%s is not what the program prints' % path)
            check_page(path)
    if shutil.which('man'):
        text = run(['man', '-l', os.path.join(prefix, 'share/man/man1',
                                              'shortfall-run.1')],
                   env=dict(env, MANPAGER='cat', MANWIDTH='80'))
        if '--replications=N' not in re.sub('.\b', '', text):
            sys.exit('man -l shows: ' + text)


def check_completion(prefix, env):
    """What the program prints, where shells look for it."""
    for shell, place in (('bash', 'bash-completion/completions/shortfall'),
                         ('zsh', 'zsh/site-functions/_shortfall'),
                         ('fish', 'fish/vendor_completions.d/shortfall.fish')):
        with open(os.path.join(prefix, 'share', place), encoding='utf-8') as f:
            if f.read() != run(['shortfall', 'completion', shell], env=env):
                sys.exit('%s is not what the program prints' % place)


def check_plots(prefix, env, work):
    """Figures are drawn by the scripts that were installed."""
    with open(os.path.join(prefix, 'share/shortfall/plots/style.gp'), 'a',
              encoding='utf-8') as file:
        file.write('exit error "spoilt on purpose"\n')
    done = subprocess.run(['shortfall', 'plot', 'out'], env=env, cwd=work,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    if done.returncode != 4 or 'spoilt on purpose' not in done.stdout:
        sys.exit('other scripts than the installed ones draw: %d %s' %
                 (done.returncode, done.stdout))


def main():
    build, compiler = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        root, work = os.path.join(folder, 'root'), os.path.join(folder, 'work')
        os.mkdir(work)
        run(['meson', 'install', '--no-rebuild', '-C', build, '--destdir',
             root])
        program = find(root, 'shortfall')
        prefix = os.path.dirname(os.path.dirname(find(root, 'shortfall-run.1'))
                                 ).removesuffix('/share/man')
        if os.path.dirname(program) != os.path.join(prefix, 'bin'):
            program = os.path.join(prefix, 'bin/shortfall')
        env = dict(os.environ, HOME=work, LC_ALL='C.UTF-8',
                   PATH=os.path.dirname(program) + os.pathsep
                   + os.environ['PATH'])
        env.pop('SHORTFALL_PLOTS', None)
        scenario = check_program(prefix, env, work)
        check_library(prefix, compiler, work, scenario)
        check_pages(prefix, env)
        check_completion(prefix, env)
        check_plots(prefix, env, work)
    print('installed, used, read')


if __name__ == '__main__':
    main()

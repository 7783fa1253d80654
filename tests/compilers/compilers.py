#!/usr/bin/env python3
# compilers.py - the same results whoever compiled. SPDX-License-Identifier: GPL-3.0-or-later
"""usage: compilers.py COMPILER PROGRAM ARCHIVE SOURCE FILE.c... | --self-test

PROGRAM is numbers.c as the release build made it, with COMPILER -O3. The FILEs are what decides results:
they are compiled again by gcc and clang without and with optimisation, all in
one call each, and linked with ARCHIVE for the rest (texts). Every number of a
few replications must be that of PROGRAM: integers exactly (fingerprints, counts
of events), reals to 1e-9, values of curves, which are floats, to 2e-7. So must
they under valgrind, and with the mathematics of processors that have no fused
multiply-add. A compiler or valgrind that is not installed is passed over."""
import itertools
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

CASES = {'two-roads': 3, 'bamako-2025': 1, 'theory/t19-queue': 1,
         'leningrad-1941': 1}
QUICK = 'two-roads', 'leningrad-1941'
# As a whole, too, since the program is compiled so.
VARIANTS = ['gcc -O0', 'gcc -O3', 'gcc -O3 -flto=auto', 'clang -O0', 'clang -O3']
LIBRARIES = ['glib-2.0', 'gio-2.0', 'igraph', 'libcjson', 'gsl']
TOLERANCE = {'r': 1e-9, 'f': 2e-7}
NO_FMA = 'glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX_Fast_Unaligned_Load'
SKIPPED = 77


def package(what):
    return subprocess.run(['pkg-config', what] + LIBRARIES, check=True,
                          stdout=subprocess.PIPE, text=True).stdout.split()


def compile_all(variant, source, files, archive, out):
    """As the build does it, warnings apart."""
    subprocess.run(
        variant.split() + ['-w', '-std=gnu17', '-D_GNU_SOURCE', '-DNDEBUG',
                           '-ffp-contract=off', f'-I{source}']
        + package('--cflags') + files + [archive] + package('--libs')
        + ['-lm', '-o', out], check=True)


def numbers(command, scenario, n, **more):
    done = subprocess.run(command + [scenario, str(n)], check=True,
                          stdout=subprocess.PIPE, text=True,
                          env={**os.environ, **more})
    return done.stdout.splitlines()


def is_same(one, two):
    """Of two lines "i 5" or "r 0.5"."""
    if one == two:
        return True
    kind = one[0]
    if kind != two[0] or kind not in TOLERANCE:
        return False
    a, b = float(one[2:]), float(two[2:])
    return math.isclose(a, b, rel_tol=TOLERANCE[kind], abs_tol=1e-12)


def compare(name, expected, found):
    """How many lines are too far apart; says which is the first."""
    pairs = list(itertools.zip_longest(expected, found, fillvalue='-'))
    bad = [(i, a, b) for i, (a, b) in enumerate(pairs) if not is_same(a, b)]
    other = sum(a != b for a, b in pairs)
    print(f'{name}: {len(pairs)} numbers, {other} differ in a bit, {len(bad)} '
          'too far', flush=True)
    if bad:
        print('  the first, line {}: {!r} is {!r}'.format(*bad[0]))
    return len(bad)


def self_test():
    assert compare('same', ['i 5', 'r nan', 'r 1'], ['i 5', 'r nan', 'r 1']) == 0
    assert compare('close', ['r 1', 'f 1'], ['r 1.0000000001', 'f 1.0000001']) == 0
    for a, b in (['i 5'], ['i 6']), (['r 1'], ['r 1.00000001']), \
            (['f 1'], ['f 1.000001']), (['r 1'], ['r nan']), \
            (['r 1', 'r 2'], ['r 1']), (['i 1'], ['r 1']):
        assert compare('different', a, b) == 1


def main():
    if sys.argv[1:] == ['--self-test']:
        self_test()
        return 0
    compiler, program, archive, source, *files = sys.argv[1:]
    path = {name: str(pathlib.Path(source) / f'scenarios/{name}.json')
            for name in CASES}
    expected = {name: numbers([program], path[name], n)
                for name, n in CASES.items()}
    bad = n_compared = 0

    def judge(what, command, names, **more):
        return sum(compare(f'{what}, {name}', expected[name],
                           numbers(command, path[name], CASES[name], **more))
                   for name in names)

    bad += judge('no fused multiply-add', [program], CASES,
                 GLIBC_TUNABLES=NO_FMA)
    if shutil.which('valgrind'):
        bad += judge('valgrind', ['valgrind', '-q', '--error-exitcode=9',
                                  program], QUICK)
    with tempfile.TemporaryDirectory() as folder:
        for variant in VARIANTS:
            if variant == compiler + ' -O3':
                n_compared += 1  # that is PROGRAM
            elif shutil.which(variant.split()[0]):
                out = f'{folder}/numbers'
                compile_all(variant, source, files, archive, out)
                bad += judge(variant, [out], CASES)
                n_compared += 1
    if n_compared <= 3:
        print('There is only one compiler.')
        return 1 if bad else SKIPPED
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())

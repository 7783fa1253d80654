#!/usr/bin/env python3
# hardened.py - the built files have what protects them. SPDX-License-Identifier: GPL-3.0-or-later
"""usage: hardened.py PROGRAM LIBRARY.a | --self-test CC

Looks at the program of the release build and at the library: does it load at a
random place, are its tables read-only once it runs, is no stack executable, are
stacks and copies guarded, are jumps marked where the processor checks them.
The self-test builds a program without each of these and expects it named."""
import pathlib
import re
import subprocess
import sys
import tempfile

SKIPPED = 77


def tool(*command):
    return subprocess.run(command, check=True, capture_output=True,
                          text=True).stdout


def program_faults(path):
    head = tool('readelf', '-hldW', path)
    symbols = tool('readelf', '--dyn-syms', '-W', path)
    checks = {
        'position-independent (PIE)': re.search(r'FLAGS_1.*\bPIE\b', head),
        'read-only relocations (relro)': 'GNU_RELRO' in head,
        'bound at the start (now)': re.search(r'FLAGS.*NOW', head),
        'no executable stack': re.search(r'GNU_STACK.* RW +0x', head),
        'no path of its own for libraries': not re.search('RPATH|RUNPATH', head),
        'guarded stacks (stack protector)': '__stack_chk_fail' in symbols,
        'guarded copies (fortify)': re.search(r'__(mem|str|v?s?n?printf|read)\w*'
                                              '_chk', symbols),
    }
    if 'X86-64' in head:
        code = tool('objdump', '-d', '--no-show-raw-insn', path)
        # The note that says so is dropped when the C library has none.
        checks['marked jumps (cf-protection)'] = re.search(
            r'<main>:\n +\w+:\s+endbr64', code)
        # Large frames are touched page by page.
        checks['touched stacks (stack clash)'] = re.search(
            r'or[ql] +\$0x0,(0x[0-9a-f]+)?\(%rsp\)', code)
    return [name for name, is_there in checks.items() if not is_there]


def library_faults(path):
    symbols = tool('readelf', '-sW', path)
    sections = tool('readelf', '-SW', path)
    stacks = re.findall(r'\.note\.GNU-stack +PROGBITS +\w+ \w+ \w+ \w+ +(\w*)',
                        sections)
    checks = {
        'guarded stacks (stack protector)': '__stack_chk_fail' in symbols,
        'guarded copies (fortify)': re.search(r'__\w+_chk\b(?<!fail)', symbols),
        'no executable stack': stacks and not any('X' in s for s in stacks),
    }
    return [name for name, is_there in checks.items() if not is_there]


PROGRAM = """
#include <stdio.h>
#include <string.h>
char out[9000];
int main (int argc, char **argv)
{
  char frame[9000];
  memset (frame, argc, sizeof frame);
  for (int i = 1; i < argc; i++)
    memcpy (frame + i, argv[i], strlen (argv[i]));
  memcpy (out, frame, sizeof out);
  return printf (argv[0], out);
}
"""
GOOD = ['-O2', '-U_FORTIFY_SOURCE', '-D_FORTIFY_SOURCE=2', '-fPIE', '-pie', '-w',
        '-fstack-protector-strong', '-fstack-clash-protection',
        '-fcf-protection=full', '-Wl,-z,relro', '-Wl,-z,now',
        '-Wl,-z,noexecstack']
SPOILT = {
    '-no-pie': 'position-independent (PIE)',
    '-Wl,-z,norelro': 'read-only relocations (relro)',
    '-Wl,-z,lazy': 'bound at the start (now)',
    '-Wl,-z,execstack': 'no executable stack',
    '-Wl,-rpath,/nowhere': 'no path of its own for libraries',
    '-fno-stack-protector': 'guarded stacks (stack protector)',
    '-U_FORTIFY_SOURCE': 'guarded copies (fortify)',
    '-fcf-protection=none': 'marked jumps (cf-protection)',
    '-fno-stack-clash-protection': 'touched stacks (stack clash)',
}


def self_test(compiler):
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        source, out = pathlib.Path(name) / 'a.c', pathlib.Path(name) / 'a.out'
        source.write_text(PROGRAM)
        for flag, expected in {**SPOILT, '-O2': None}.items():
            tool(*compiler, *GOOD, flag, source, '-o', out)
            found = program_faults(out)
            if found != ([expected] if expected else []):
                print(f'{flag}: {found} instead of {expected}')
                bad = 1
    return bad


def main():
    try:
        tool('readelf', '--version')
        tool('objdump', '--version')
    except OSError:
        print('binutils are not installed')
        return SKIPPED
    if sys.argv[1] == '--self-test':
        return self_test(sys.argv[2:])
    faults = [f'{path}: {fault} is missing'
              for path, look in ((sys.argv[1], program_faults),
                                 (sys.argv[2], library_faults))
              for fault in look(path)]
    print('\n'.join(faults))
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())

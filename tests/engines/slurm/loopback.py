# loopback.py - a private Slurm on this machine. SPDX-License-Identifier: GPL-3.0-or-later
"""Brings up slurmctld and a few slurmd on the loopback, without systemd, munge
or root, and takes them down again by the processes it started.

By hand: loopback.py FOLDER [NODES]   prints what to export, runs until Ctrl-C.
"""
import ctypes
import getpass
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import time

PATH = os.environ.get('PATH', '') + ':/usr/sbin:/sbin'
TEMPLATE = pathlib.Path(__file__).with_name('slurm.conf.in')
NEEDED = ['slurmctld', 'slurmd', 'sbatch', 'squeue', 'scancel', 'scontrol']


def lacking():
    """What is not installed."""
    return [name for name in NEEDED if not shutil.which(name, path=PATH)]


def free_ports(n):
    """Below those that the kernel gives to connections that go out."""
    found = []
    while len(found) < n:
        port = random.SystemRandom().randrange(15000, 32000)
        with socket.socket() as one:
            try:
                one.bind(('127.0.0.1', port))
            except OSError:
                continue
        if port not in found:
            found.append(port)
    return found


def die_with_parent():
    """In a daemon: no test that is killed leaves one behind."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


class Loopback:
    """A Slurm of n nodes; a context manager. Its environment is in `env`."""

    def __init__(self, folder, n_nodes=3, cpus=1):
        self.folder = pathlib.Path(folder)
        self.nodes = [f'n{i + 1}' for i in range(n_nodes)]
        self.conf = self.folder / 'slurm.conf'
        self.env = dict(os.environ, PATH=PATH, SLURM_CONF=str(self.conf))
        self.daemons = {}
        host = socket.gethostname().split('.')[0]
        port, *ports = free_ports(1 + n_nodes)
        nodes = '\n'.join(
            f'NodeName={name} NodeHostname={host} NodeAddr=127.0.0.1 '
            f'Port={p} CPUs={cpus} RealMemory=100 State=UNKNOWN'
            for name, p in zip(self.nodes, ports))
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ['state', *self.nodes]:
            (self.folder / name).mkdir()
        text = TEMPLATE.read_text()
        for hole, value in {'folder': folder, 'host': host, 'port': port,
                            'user': getpass.getuser(),
                            'nodes': nodes}.items():
            text = text.replace('{' + hole + '}', str(value))
        self.conf.write_text(text)
        # Slurm 24 asks for control groups, which a container need not have;
        # that of Debian 12 does not know the word.
        if (self.call('slurmd', '-V') or '').split()[-1:] >= ['24']:
            self.conf.with_name('cgroup.conf').write_text(
                'CgroupPlugin=disabled\n')

    def start(self, name, *argv):
        log = open(self.folder / f'{name}.out', 'ab')
        self.daemons[name] = subprocess.Popen(
            argv, env=self.env, stdin=subprocess.DEVNULL, stdout=log,
            stderr=log, start_new_session=True, preexec_fn=die_with_parent)
        log.close()

    def start_controller(self, is_clean=False):
        self.start('slurmctld', 'slurmctld', '-D', '-f', str(self.conf),
                   *(['-c'] if is_clean else []))

    def kill_controller(self):
        process = self.daemons.pop('slurmctld')
        process.send_signal(signal.SIGKILL)
        process.wait(10)

    def call(self, *argv):
        """Output of a Slurm command, or None when it does not answer."""
        try:
            done = subprocess.run(argv, env=self.env, capture_output=True,
                                  text=True, timeout=5, check=False)
        except subprocess.TimeoutExpired:
            return None
        return done.stdout if done.returncode == 0 else None

    def node_states(self):
        return (self.call('sinfo', '-h', '-N', '-o', '%t') or '').split()

    def restore_nodes(self):
        """Puts drained nodes back."""
        drained = self.call('sinfo', '-h', '-N', '-t', 'drain,down', '-o',
                            '%N')
        for name in set((drained or '').split()):
            self.call('scontrol', 'update', f'nodename={name}',
                      'state=resume')

    def wait_for(self, what, limit_s=20):
        """Whether what() came true in time."""
        until = time.monotonic() + limit_s
        while time.monotonic() < until:
            if what():
                return True
            time.sleep(0.1)
        return False

    def __enter__(self):
        self.start_controller(is_clean=True)
        for name in self.nodes:
            self.start(name, 'slurmd', '-D', '-c', '-N', name, '-f',
                       str(self.conf))
        if not self.wait_for(
                lambda: self.node_states() == ['idle'] * len(self.nodes)):
            self.__exit__()
            raise RuntimeError(f'no node came up: {self.tell()}')
        return self

    def tell(self):
        """Ends of the logs, for a test that failed."""
        return '\n'.join(f'== {path.name}\n' + '\n'.join(
            path.read_text(errors='replace').splitlines()[-15:])
            for path in sorted(self.folder.glob('*.log')))

    def __exit__(self, *_):
        self.call('scancel', '-u', getpass.getuser())
        for process in self.daemons.values():
            process.terminate()
        for process in self.daemons.values():
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
        self.kill_steps()

    def kill_steps(self):
        """Step daemons that outlived their slurmd; known by this folder's
        configuration in their environment."""
        mark = f'SLURM_CONF={self.conf}'.encode()
        for entry in pathlib.Path('/proc').iterdir():
            try:
                if (entry.name.isdigit() and int(entry.name) != os.getpid()
                        and b'slurmstepd' in (entry / 'cmdline').read_bytes()
                        and mark in (entry / 'environ').read_bytes()):
                    os.kill(int(entry.name), signal.SIGKILL)
            except OSError:
                continue


if __name__ == '__main__':
    with Loopback(sys.argv[1], int((sys.argv + ['3'])[2])) as slurm:
        print(f'export SLURM_CONF={slurm.conf}', flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            pass

"""Runs one command to its end and prints what it took, from a process that is as small as can be.

    python -I -S launch.py OUTPUT-LOG ERROR-LOG COMMAND [ARGUMENT...]

Between spawn and exec the kernel charges a child with the pages of the process that starts it, so
no peak below the launcher's own can be seen: whatever is imported here would raise that floor.
"""

import os
import sys
import time


def main() -> None:
    """Prints wall seconds, processor seconds, peak in kilobytes and exit status."""
    output, errors, *command = sys.argv[1:]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, flags, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, errors, flags, 0o644),
    ]
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, code)


if __name__ == "__main__":
    main()

"""Commands that only compute, without Django: `python -m wijkverbond.analysis opinions DIR …`."""

import sys

from wijkverbond.analysis.opinions import command

COMMANDS = {"opinions": command.main}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.stderr.write(f"one of these: {', '.join(COMMANDS)}\n")
        sys.exit(command.WRONG_CALL)
    sys.exit(COMMANDS[sys.argv[1]](sys.argv[2:]))

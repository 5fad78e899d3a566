"""The entry point: `python -m wijkverbond.config.backup backup|restore FILE …`, in the site's environment."""

import sys

import django


def main(arguments: list[str]) -> int:
    """Do what was asked; the exit status."""
    django.setup()
    from wijkverbond.config.backup import commands  # noqa: PLC0415

    return commands.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

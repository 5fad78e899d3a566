"""`./wijkverbond bench [NAME]`: run one measurement, or all; each module here has a `main()`."""

import importlib
import pkgutil
import sys

import django

import bench


def main(arguments: list[str]) -> int:
    """Run the measurements that were named, or all of them. 2 when a name does not exist."""
    known = sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if m.name != "__main__")
    for name in arguments or known:
        if name not in known:
            print(
                f"There is no measurement {name!r}; there are: {', '.join(known)}.", file=sys.stderr
            )
            return 2
    django.setup()
    for name in arguments or known:
        importlib.import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`./wijkverbond bench [NAME]`: run one measurement, or all; each module here has a `main()`, but those with a `_`."""

import importlib
import pkgutil
import sys

import bench


def main(arguments: list[str]) -> int:
    """Run the measurements that were named, or all of them. 2 when a name does not exist."""
    names = (module.name for module in pkgutil.iter_modules(bench.__path__))
    measurements = sorted(name for name in names if not name.startswith("_"))
    for name in arguments or measurements:
        if name not in measurements:
            print(
                f"There is no measurement {name!r}; there are: {', '.join(measurements)}.",
                file=sys.stderr,
            )
            return 2
    for name in arguments or measurements:
        importlib.import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

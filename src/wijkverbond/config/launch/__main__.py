"""The entry point: `python -m wijkverbond.config.launch NAME [arguments]`."""

import sys

from wijkverbond.config.launch.commands import main

sys.exit(main())

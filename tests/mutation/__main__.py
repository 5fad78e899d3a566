"""The command `./wijkverbond mutate [PATHS]`: do the tests notice when a rule is changed?"""

import sys

from tests.mutation.score import main

sys.exit(main(sys.argv[1:]))

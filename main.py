"""Start mmlviz from a checkout."""

import sys

from mmlviz.app import main

sys.exit(main())

"""python -m mmlviz."""

import sys

from mmlviz.app import main

sys.exit(main())

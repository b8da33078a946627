"""`python -m pushcodec`: the command line."""

import sys

from pushcodec.cli import main

sys.exit(main())

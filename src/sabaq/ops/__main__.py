import sys

from sabaq.ops.cli import main

sys.exit(main())

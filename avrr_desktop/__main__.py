"""``python -m avrr_desktop``: the same as ``avrr-desktop``."""

from avrr_desktop.app.main import main

raise SystemExit(main())

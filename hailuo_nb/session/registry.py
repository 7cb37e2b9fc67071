"""The one guarded place of this process; it outlives %reload_ext and %autoreload.

Those make our modules anew; what runs paid tasks must not be made twice.
"""

import sys
from types import ModuleType
from typing import Any

from hailuo_nb.core.fork import ProcessLock

_PLACE = "_hailuo_nb_process"

state: dict[str, Any] = sys.modules.setdefault(_PLACE, ModuleType(_PLACE)).__dict__
"""The session under "session"; before it is made, the "host" and "config" of loading."""

state.setdefault("lock", ProcessLock())

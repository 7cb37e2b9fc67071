"""What is logged: one JSON object a line, for whoever gathers logs.

It knows lines, and that others' words may hold what nobody should read: of what a library says
only its fixed words are kept, and of an error only its class.
"""

import json
import logging
import sys
import time

OURS = "hailuo_nb"


class Lines(logging.Formatter):
    """Writes a record as JSON: time, level, logger, message, and an error's class."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        is_ours = record.name.partition(".")[0] == OURS
        words = record.getMessage() if is_ours else str(record.msg).partition("\n")[0]
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "time": f"{moment}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": words,
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line)


def log_lines() -> None:
    """Have everything logged so, on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("httpx").setLevel(logging.WARNING)

"""What gets killed: IPython's shell with the extension, fed one cell a line.

It knows how to run cells and say what they printed. It must not know that it will be
killed. Cells come as JSON strings on stdin; one JSON object a cell goes to stdout.
"""

import json
import os
import sys
from contextlib import redirect_stdout
from io import StringIO

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


def main() -> None:
    """Run cells until stdin ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "NoColor"
    shell = InteractiveShell.instance(config=settings)
    for line in sys.stdin:
        shown = StringIO()
        with redirect_stdout(shown):
            result = shell.run_cell(json.loads(line), store_history=False)
        error = result.error_before_exec or result.error_in_exec
        found = {"text": shown.getvalue(), "error": "" if error is None else repr(error)}
        answers.write(json.dumps(found) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()

"""What a check of the set-up found, as text and as HTML; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hailuo_nb.views.text import escaped

Verdict = Literal["ok", "note", "problem"]
_SIGNS: dict[Verdict, str] = {"ok": "✓", "note": "•", "problem": "✗"}
_DETAIL = "text-align:left;overflow-wrap:anywhere"  # paths are long, places narrow


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at, and what to do about it where it is not well."""

    what: str
    verdict: Verdict
    detail: str


def report_text(findings: Sequence[Finding]) -> str:
    """Return the findings, one a line."""
    width = max(len(finding.what) for finding in findings)
    return "\n".join(
        f"{_SIGNS[finding.verdict]} {finding.what.ljust(width)}  {finding.detail}"
        for finding in findings
    )


def report_html(findings: Sequence[Finding]) -> str:
    """Return the findings as a table."""
    rows = "".join(
        "<tr>"
        f'<td>{_SIGNS[finding.verdict]}</td><th style="text-align:left">{escaped(finding.what)}'
        f'</th><td style="{_DETAIL}">{escaped(finding.detail)}</td></tr>'
        for finding in findings
    )
    return f"<table><tbody>{rows}</tbody></table>"

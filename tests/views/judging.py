"""What the tests and pictures of judging share: results, ballots, and a page with a fake kernel."""

import json
from collections.abc import Sequence
from typing import Any

from hailuo_nb.core.vote import Vote
from hailuo_nb.judging.pairs import verdict
from hailuo_nb.judging.ranking import Ranking
from hailuo_nb.judging.tally import Contestant, Tally
from hailuo_nb.judging.votes import agreement
from hailuo_nb.session.judge import Standing
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.judge.booth import side_state
from hailuo_nb.views.judge.result import result_html
from tests.judging.make import contestants_of, vote_of, votes_on
from tests.views.samples import snapshot

HARNESS = """
<link rel="stylesheet" href="/looks/judge.css"><div id="place"></div>
<script type="module">
import judge from "/static/judge/judge.js";
const heard = {};
const tell = (type, ...given) => { for (const hear of heard[type] ?? []) hear(...given); };
const model = {
  traits: TRAITS, sent: [], answers: true,
  get: (name) => model.traits[name],
  on: (type, hear) => (heard[type] ??= new Set()).add(hear),
  off: (type, hear) => heard[type]?.delete(hear),
  save_changes: () => {},
  send(message) {
    model.sent.push(message);
    if (!model.answers) return;
    const { ballot, result } = model.traits;
    const more = { vote: 1, undo: -1 }[message.kind] ?? 0;
    const turn = ballot.turn + Math.abs(more);
    const progress = `${(ballot.own ?? 0) + more} votes of yours.`;
    const own = (ballot.own ?? 0) + more;
    model.traits = {
      ballot: {
        ...ballot, turn, own, progress, can_undo: own > 0, clips: [...ballot.clips].reverse(),
      },
      result: message.kind === "result" ? window.ended : message.kind === "go on" ? "" : result,
    };
    setTimeout(() => {
      tell("change:ballot");
      tell("msg:custom", { kind: message.kind });
    });
  },
};
Object.assign(window, { model, tell, ended: ENDED });
window.leave = judge.render({ model, el: document.querySelector("#place") });
</script>
"""


def standing_of(contestants: Sequence[Contestant], log: Sequence[Vote], *axes: str) -> Standing:
    """Return what votes say."""
    tally = Tally(contestants, log)
    return Standing(
        ranking=Ranking(tally),
        verdict=verdict(tally),
        agreement=tuple(agreement(tally.votes)),
        judges=tuple(dict.fromkeys(vote.judge for vote in tally.votes)),
        axes=axes,
    )


def eight(number: int = 300) -> Standing:
    """Return a ranking of eight prompts on two axes, by two judges."""
    contestants = contestants_of(8)
    strengths = [1.4, 0.2, 0.1, -0.3, 0.6, 0.0, -0.8, -1.2]
    log = votes_on(contestants, strengths, number, ties=0.1)
    log += [vote_of(number + at, "p0c0", "p1c0", judge="Ben") for at in range(3)]
    return standing_of(contestants, log, "mood", "move")


def film(name: str, src: str | None = "/page-clips/clip.mp4") -> Facts:
    """Return a finished clip."""
    return Facts(label=name, snapshot=snapshot("done", id=name, name=name), src=src)


def harness(first: str = "a", second: str = "b") -> str:
    """Return a page on which a fake kernel asks for votes on two clips that the site has."""
    sides = [
        {"index": at, **side_state(film(name, f"/page-clips/{name}.mp4"))}
        for at, name in enumerate((first, second))
    ]
    ballot: dict[str, Any] = {
        "turn": 0,
        "judge": "me",
        "clips": sides,
        "progress": "0 votes of yours.",
        "can_undo": False,
        "decided": False,
    }
    traits = json.dumps({"ballot": ballot, "result": ""}).replace("</", "<\\/")
    ended = json.dumps(result_html(eight(), again="%hailuo judge trial")).replace("</", "<\\/")
    return HARNESS.replace("TRAITS", traits).replace("ENDED", ended)

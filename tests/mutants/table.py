"""The changes: each breaks one promise in one file, and names the tests that must turn red.

Of the front end what its tests load is changed: a bundle where they show a whole page, else a
source.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change.

    ``old`` occurs once in ``file``, a path from the project's root, and becomes ``new``;
    ``tests`` are what pytest calls them.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


ROWS: tuple[Mutant, ...] = (
    Mutant(
        name="an unsure cell run again pays again",
        file="hailuo_nb/core/task.py",
        old='if state in ("failed", "stopped") and not sent:',
        new='if state in ("failed", "stopped", "unsure") and not sent:',
        tests=("tests/session/test_paid_once.py",),
    ),
    Mutant(
        name="a cell killed amid its submit is sent again",
        file="hailuo_nb/core/task.py",
        old='    if state == "submitting":\n        unsure',
        new='    if state == "submitting" and others is None:\n        return None\n'
        '    if state == "submitting":\n        unsure',
        tests=("tests/session/test_paid_once.py",),
    ),
    Mutant(
        name="a submit that came back is sent again after Stop",
        file="hailuo_nb/runner/submit.py",
        old='job.snapshot.state != "waiting" or job.stop_asked:',
        new='job.snapshot.state != "waiting":',
        tests=("tests/runner/test_stopping.py",),
    ),
    Mutant(
        name="Stop cuts off a submit under way",
        file="hailuo_nb/runner/lifecycle.py",
        old='if job.running is not None and job.snapshot.state != "submitting":',
        new="if job.running is not None:",
        tests=("tests/runner/test_stopping.py",),
    ),
    Mutant(
        name="the engine starts work in the cell's context",
        file="hailuo_nb/runner/engine.py",
        old="return self._submit(asyncio.run_coroutine_threadsafe, work, self.loop)",
        new="return asyncio.run_coroutine_threadsafe(work, self.loop)",
        tests=("tests/runner/test_engine.py",),
    ),
    Mutant(
        name="the engine calls in the cell's context",
        file="hailuo_nb/runner/engine.py",
        old="self._submit(self.loop.call_soon_threadsafe, act, *args)",
        new="self.loop.call_soon_threadsafe(act, *args)",
        tests=("tests/runner/test_engine.py",),
    ),
    Mutant(
        name="%%capture swallows the final state",
        file="hailuo_nb/session/shell.py",
        old="publisher = self._publisher if update or shell is None else shell.display_pub",
        new="publisher = self._publisher if shell is None else shell.display_pub",
        tests=("tests/kernel/test_accidents.py::test_capture_keeps_the_final_state",),
    ),
    Mutant(
        name="the publisher of %%capture is remembered",
        file="hailuo_nb/session/shell.py",
        old="not isinstance(shell.display_pub, CapturingDisplayPublisher)",
        new="shell.display_pub is not None",
        tests=("tests/kernel/test_accidents.py::test_capture_keeps_the_final_state",),
    ),
    Mutant(
        name="a fork shares the connection",
        file="hailuo_nb/store/database.py",
        old="        in_child(self._leave_parents)\n",
        new="",
        tests=(
            "tests/store/test_between_kernels.py::test_a_forked_child_opens_the_file_for_itself",
        ),
    ),
    Mutant(
        name="a fork shares the leases",
        file="hailuo_nb/store/leases.py",
        old="        in_child(self._begin_anew)\n",
        new="",
        tests=("tests/store/test_between_kernels.py::test_a_forked_child_is_a_process_of_its_own",),
    ),
    Mutant(
        name="an upload that is gone is used again",
        file="hailuo_nb/runner/uploads.py",
        old="since=time.time() - UPLOAD_KEPT_S",
        new="since=0.0",
        tests=("tests/runner/test_uploads.py",),
    ),
    Mutant(
        name="over before the last view was told",
        file="hailuo_nb/runner/job.py",
        old="        self._publish_soon()\n        if snapshot.state in FINAL:\n"
        "            self.over.set()\n",
        new="        if snapshot.state in FINAL:\n            self.over.set()\n"
        "        self._publish_soon()\n",
        tests=("tests/runner/test_stopping.py",),
    ),
    Mutant(
        name="the gate knows no order",
        file="hailuo_nb/runner/rate_limiter.py",
        old="if self._queue[0] is not me:",
        new="if me not in self._queue:",
        tests=("tests/runner/test_rate_limiter.py",),
    ),
    Mutant(
        name="a sleep of the machine is not noticed",
        file="hailuo_nb/runner/poll.py",
        old="if time.time() - time.monotonic() - drift > JUMP_S:",
        new="if time.monotonic() < 0:",
        tests=("tests/runner/test_sleep.py::test_a_rest_ends_with_the_machines_own",),
    ),
    Mutant(
        name="polling rests through a sleep of the machine",
        file="hailuo_nb/runner/poll.py",
        old="await sleep_awake(watch.delay_s())",
        new='await __import__("asyncio").sleep(watch.delay_s())',
        tests=("tests/runner/test_sleep.py",),
    ),
    Mutant(
        name="lockstep: what strays is not slowed",
        file="hailuo_nb/views/bundles/compare.js",
        old=",-.1,.1)",
        new=",0,0)",
        tests=("tests/views/test_compare_js.py::test_a_clip_that_strays_comes_back_into_step",),
    ),
    Mutant(
        name="lockstep: what stopped is left behind",
        file="hailuo_nb/views/bundles/compare.js",
        old=".clips.some(",
        new=".clips.slice(0,0).some(",
        tests=(
            "tests/views/test_compare_js.py::test_a_clip_that_stops_by_itself_is_brought_along",
        ),
    ),
    Mutant(
        name="a busy kernel is not told",
        file="hailuo_nb/views/panel/wire.js",
        old="        this.tell(BUSY);\n",
        new="",
        tests=("tests/views/panel/test_busy_js.py",),
    ),
    Mutant(
        name="a lost reply is sent again",
        file="hailuo_nb/kie/outcome.py",
        old='errors.ReplyLost: "lost"',
        new='errors.ReplyLost: "not_taken"',
        tests=(
            "tests/kie/test_outcome.py",
            "tests/session/test_paid_once.py",
        ),
    ),
    Mutant(
        name="bytes that left count as unsent",
        file="hailuo_nb/kie/transport.py",
        old='    if stage != "sending":\n        return NotSent',
        new='    if stage != "sent":\n        return NotSent',
        tests=("tests/kie/test_transport.py",),
    ),
    Mutant(
        name="a submit uses a kept connection",
        file="hailuo_nb/kie/connections.py",
        old="httpx.Limits(max_keepalive_connections=0) if fresh else httpx.Limits()",
        new="httpx.Limits()",
        tests=("tests/kie/test_client.py::test_each_submit_has_a_connection_of_its_own",),
    ),
    Mutant(
        name="the cap is not asked while the row is written",
        file="hailuo_nb/session/clip_dispatch.py",
        old="        self.check_budget([replace(item, recorded=known)], max_credits)\n",
        new="",
        tests=("tests/session/test_budget.py::test_a_cell_above_the_cap_sends_nothing",),
    ),
    Mutant(
        name="the cap is asked before the transaction",
        file="hailuo_nb/store/history.py",
        old="        with self._database.transaction():\n            if allow is not None:\n"
        "                allow()\n",
        new="        if allow is not None:\n            allow()\n"
        "        with self._database.transaction():\n",
        tests=("tests/store/test_spending.py::test_two_kernels_cannot_share_the_last_credits",),
    ),
    Mutant(
        name="same? is not asked within the transaction",
        file="hailuo_nb/session/clip_dispatch.py",
        old="clip=self.clip_of(known)) is not None:\n            raise _MadeElsewhere(known)\n",
        new="clip=self.clip_of(known)) is not None:\n            pass\n",
        tests=(
            "tests/session/test_recovery.py::test_the_same_cell_in_two_kernels_at_once_pays_once",
        ),
    ),
    Mutant(
        name="a run made elsewhere is adopted twice",
        file="hailuo_nb/session/clip_dispatch.py",
        old="        if known is not None:\n            raise _MadeElsewhere(known)\n",
        new="",
        tests=("tests/session/test_uptake.py::test_a_run_made_elsewhere_is_adopted_once",),
    ),
    Mutant(
        name="what is there counts as due",
        file="hailuo_nb/session/plan.py",
        old="return tuple(item for item in self.clips if item.there is None)",
        new="return self.clips",
        tests=("tests/session/test_paid_once.py",),
    ),
    Mutant(
        name="a submit begins from a row that has left",
        file="hailuo_nb/store/history.py",
        old="""due = f"state = 'waiting' AND {leases.IS_HELD}\"""",
        new="due = leases.IS_HELD",
        tests=("tests/session/test_recovery.py::test_a_row_that_left_meanwhile_is_not_sent_again",),
    ),
    Mutant(
        name="a submit begins without its lease",
        file="hailuo_nb/store/history.py",
        old="""due = f"state = 'waiting' AND {leases.IS_HELD}\"""",
        new="""due = "state = 'waiting'\"""",
        tests=("tests/session/test_recovery.py::test_a_row_that_left_meanwhile_is_not_sent_again",),
    ),
    Mutant(
        name="the lease is not checked before a question",
        file="hailuo_nb/runner/poll.py",
        old="if not self._job.journal.holds(self._job.snapshot.id):",
        new="if not self._job.journal:",
        tests=("tests/runner/test_taking_over.py::test_who_has_lost_its_task_asks_no_more",),
    ),
    Mutant(
        name="the key goes to a foreign origin",
        file="hailuo_nb/kie/secret.py",
        old="if origin_of(request.url) != self._origin:",
        new='if self._origin == "":',
        tests=("tests/kie/test_secret.py::test_the_key_goes_to_its_origin_alone",),
    ),
    Mutant(
        name="file hosts get the key",
        file="hailuo_nb/kie/connections.py",
        old="self._clients[name] = self._made(url, auth=None, limits=httpx.Limits())",
        new="auth = BearerAuth(self._secret, str(url.copy_with(raw_path=None)).rstrip('/'))\n"
        "            self._clients[name] = self._made(url, auth=auth, limits=httpx.Limits())",
        tests=("tests/kie/test_secret.py::test_file_hosts_never_see_the_key",),
    ),
    Mutant(
        name="a download is not tried again",
        file="hailuo_nb/runner/saving.py",
        old="    for pause_s in BACK_OFF_S:\n",
        new="    for pause_s in ():\n",
        tests=("tests/runner/test_file_hosts.py",),
    ),
    Mutant(
        name="a fault while downloading loses the clip",
        file="hailuo_nb/runner/saving.py",
        old='        log.exception("a clip could not be saved")\n        raise SavingError(',
        new='        log.exception("a clip could not be saved")\n        raise RuntimeError(',
        tests=("tests/runner/test_file_hosts.py",),
    ),
    Mutant(
        name="a fault of the poster loses the clip",
        file="hailuo_nb/runner/saving.py",
        old="except Exception:  # a library may raise anything, and the clip is there",
        new="except StopAsyncIteration:",
        tests=("tests/runner/test_file_hosts.py::test_a_clip_that_cannot_be_described_is_saved",),
    ),
    Mutant(
        name="a vote that is there is quietly another",
        file="hailuo_nb/store/votes.py",
        old="elif _read_row(dict(known[0])) != vote:",
        new="elif False:",
        tests=("tests/store/test_votes.py",),
    ),
    Mutant(
        name="a judge takes back what another said",
        file="hailuo_nb/judging/votes.py",
        old=" and (one.id not in undone or one.judge not in undone[one.id])",
        new=" and one.id not in undone",
        tests=("tests/judging/test_votes.py",),
    ),
    Mutant(
        name="a pair comes again on the same sides",
        file="hailuo_nb/judging/pairs.py",
        old="Pair(left=again.right, right=again.left",
        new="Pair(left=again.left, right=again.right",
        tests=("tests/judging/test_pairs.py",),
    ),
    Mutant(
        name="one lucky clip is taken for its prompt",
        file="hailuo_nb/judging/samples.py",
        old="    variance = of_votes + between",
        new="    variance = of_votes",
        tests=("tests/judging/test_samples.py", "tests/judging/test_ranking.py"),
    ),
    Mutant(
        name="a clip is paid for that cannot be put anywhere",
        file="hailuo_nb/session/clip_dispatch.py",
        old="        check_folder(self._here.folder)\n",
        new="",
        tests=("tests/session/test_unsent.py",),
    ),
    Mutant(
        name="a prompt that looks equal is paid for again",
        file="hailuo_nb/store/history.py",
        old="(identity = :identity OR (alike = :alike AND sample = :sample))",
        new="identity = :identity AND (:alike, :sample) IS NOT NULL",
        tests=("tests/session/test_alike.py",),
    ),
    Mutant(
        name="again counts on from its own text alone",
        file="hailuo_nb/store/history.py",
        old="WHERE (family = :family OR alike = :alike)",
        new="WHERE (family = :family OR :alike IS NULL)",
        tests=("tests/store/test_history.py",),
    ),
    Mutant(
        name="an old run made elsewhere takes of today",
        file="hailuo_nb/session/clip_dispatch.py",
        old="created_at=min(record.created_at or now, now),",
        new="created_at=now,",
        tests=("tests/session/test_adopted.py",),
    ),
    Mutant(
        name="what failed before the submit is held",
        file="hailuo_nb/runner/lifecycle.py",
        old="        _fail_unsent(job, error)\n",
        new="",
        tests=("tests/session/test_unsent.py",),
    ),
    Mutant(
        name="links lead from a notebook that was moved away",
        file="hailuo_nb/session/shell.py",
        old="        if self.is_beside is False:\n            return None\n",
        new="",
        tests=("tests/session/test_place.py",),
    ),
    Mutant(
        name="each clip draws the image of all anew",
        file="hailuo_nb/runner/uploads.py",
        old="    if digest not in shared.posters:\n",
        new="    if True:\n",
        tests=("tests/session/test_pictures.py::test_clips_of_one_image_show_it_drawn_once",),
    ),
    Mutant(
        name="a stop that was lost is not said again",
        file="hailuo_nb/views/view.js",
        old='      send(model, { kind: "stop", index });\n',
        new="",
        tests=("tests/views/test_card_js.py::test_a_stop_that_nobody_answers_is_said_again",),
    ),
    Mutant(
        name="votes of samples are votes of other prompts",
        file="hailuo_nb/session/ranked.py",
        old=" if pair[0] != SAMPLE)",
        new=")",
        tests=("tests/session/test_promotion.py",),
    ),
    Mutant(
        name="what the service refuses is sent once more",
        file="hailuo_nb/session/clip_dispatch.py",
        old="        check_sendable(item.request)\n",
        new="",
        tests=("tests/session/test_dispatch.py",),
    ),
    Mutant(
        name="each view of a cell embeds as much as a whole one",
        file="hailuo_nb/views/display.py",
        old="return allowance_of(host.output) if host.output else Allowance()",
        new="return Allowance()",
        tests=("tests/kernel/test_sidecar.py",),
    ),
    Mutant(
        name="a keeper can send",
        file="hailuo_nb/keep/keeper.py",
        old="sends=False",
        new="sends=True",
        tests=("tests/keep/test_keeper.py::test_its_runner_cannot_send_what_it_is_given",),
    ),
    Mutant(
        name="a keeper takes what was never sent",
        file="hailuo_nb/keep/keeper.py",
        old='if one.state == "waiting" or one.id in self._taken:',
        new="if one.id in self._taken:",
        tests=("tests/keep/test_keeper.py",),
    ),
    Mutant(
        name="a keeper asks another service",
        file="hailuo_nb/keep/keeper.py",
        old="if whose.service == known.service and",
        new="if",
        tests=("tests/keep/test_keeper.py",),
    ),
    Mutant(
        name="a keeper asks by another key",
        file="hailuo_nb/keep/keeper.py",
        old="made_with in (None, whose.key_print)",
        new="made_with != 0",
        tests=("tests/keep/test_keeper.py",),
    ),
    Mutant(
        name="a keeper logs the key",
        file="hailuo_nb/keep/keeper.py",
        old="        redact_with(self._mask)\n",
        new="",
        tests=("tests/keep/test_keeper.py",),
    ),
    Mutant(
        name="a keeper listens to everybody",
        file="hailuo_nb/keep/__main__.py",
        old='if is_own_peer(writer.get_extra_info("socket")):',
        new="if writer:",
        tests=("tests/keep/test_keeper.py",),
    ),
    Mutant(
        name="the key is told to whoever listens",
        file="hailuo_nb/store/keeper_socket.py",
        old="            _check_peer(self._socket)\n",
        new="",
        tests=("tests/keep/test_process.py::test_who_listens_in_its_place_hears_no_key",),
    ),
    Mutant(
        name="a runtime folder may be anybody's",
        file="hailuo_nb/store/registry.py",
        old="return folder if _is_own(folder) else None",
        new="return folder",
        tests=("tests/store/test_registry.py",),
    ),
    Mutant(
        name="a task under way is written without its lease",
        file="hailuo_nb/store/history.py",
        old="            return self._update(snapshot, leases.IS_HELD)\n        with",
        new='            return self._update(snapshot, "1")\n        with',
        tests=("tests/store/test_between_kernels.py",),
    ),
    Mutant(
        name="another site shows a picture",
        file="hailuo_nb/server/handlers.py",
        old="        self.check_xsrf_cookie()\n        picture",
        new="        picture",
        tests=("tests/server/test_asking.py",),
    ),
    Mutant(
        name="who may not read gets a clip",
        file="hailuo_nb/server/handlers.py",
        old="    @authorized\n    async def get(self, path",
        new="    async def get(self, path",
        tests=("tests/server/test_asking.py",),
    ),
    Mutant(
        name="a stranger learns a clip's size",
        file="hailuo_nb/server/handlers.py",
        old="    @authenticated\n    @authorized\n    async def head",
        new="    async def head",
        tests=("tests/server/test_asking.py",),
    ),
    Mutant(
        name="an imported clip answers for a cell",
        file="hailuo_nb/store/rows.py",
        old="    if snapshot.imported is not None:",
        new="    if False:",
        tests=("tests/store/test_imported.py",),
    ),
    Mutant(
        name="an imported clip counts in a budget",
        file="hailuo_nb/store/rows.py",
        old='IS_OWN = "(imported IS NULL OR identity IS NOT id)"',
        new='IS_OWN = "TRUE"',
        tests=("tests/store/test_imported.py",),
    ),
    Mutant(
        name="another clip under an id of ours is ours",
        file="hailuo_nb/session/pages.py",
        old="known.imported is None and known.sha256 == told.sha256",
        new="known.imported is None",
        tests=("tests/session/test_pages.py",),
    ),
    Mutant(
        name="a page votes on one's own clips",
        file="hailuo_nb/session/pages.py",
        old="if {vote.left, vote.right} <= ids and",
        new="if",
        tests=("tests/session/test_pages.py",),
    ),
    Mutant(
        name="the image of an imported clip is looked for",
        file="hailuo_nb/session/measuring.py",
        old="if one.snapshot.imported is not None:",
        new="if False:",
        tests=(
            "tests/session/test_pages.py::test_the_image_of_an_imported_clip_is_looked_for_nowhere",
        ),
    ),
    Mutant(
        name="linked lists are counted as less than they are",
        file="hailuo_nb/core/matrix.py",
        old="    check_number(sum(map(len, fitting)), most)\n",
        new="",
        tests=("tests/core/test_linked.py",),
    ),
    Mutant(
        name="linked lists are counted as all combinations",
        file="hailuo_nb/core/linked.py",
        old="len(tied) == len(linked)",
        new="linked",
        tests=("tests/core/test_linked.py",),
    ),
    Mutant(
        name="what is said twice is told as it stands first",
        file="hailuo_nb/store/json_lines.py",
        old='        return not {"prompt", "model"} & found.keys()\n',
        new="        return True\n",
        tests=("tests/store/test_long_history.py",),
    ),
    Mutant(
        name="a task that goes stays in the sums",
        file="hailuo_nb/store/migrations.py",
        old="    CREATE TRIGGER paid_removed BEFORE DELETE ON tasks",
        new="    CREATE TRIGGER paid_removed AFTER DELETE ON tasks",
        tests=("tests/store/test_long_history.py",),
    ),
    Mutant(
        name="a worn reader is kept",
        file="hailuo_nb/media/reading.py",
        old='        if "worn" in facts:\n            reader.end()',
        new='        if "never" in facts:\n            reader.end()',
        tests=("tests/media/test_reading.py",),
    ),
    Mutant(
        name="notices are on at first",
        file="hailuo_nb/views/notices.js",
        old='localStorage.getItem(KEY) === "on"',
        new='localStorage.getItem(KEY) !== "off"',
        tests=(
            "tests/views/test_grid_js.py::test_who_asked_for_it_is_told_when_the_last_clip_is_done",
        ),
    ),
)

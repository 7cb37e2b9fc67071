"""How often requests may leave this machine: one count over all kernels on one history.

Each pass is a row; a pass is given while fewer than so many rows lie in the window. The
clock is the wall's, since processes must agree: a row may be a little ahead of one's own
time, for another looked at the clock later and wrote first. Rows of a clock that was set
back by more than a minute do not count, nor does a pause that would be longer than any is.
"""

GO = """
INSERT INTO passes (service, gate, at)
SELECT :service, :gate, :now
WHERE (SELECT count(*) FROM passes WHERE service = :service AND gate = :gate
       AND at > :now - :window_s AND at < :now + 60) < :count
AND NOT EXISTS (SELECT 1 FROM passes WHERE service = :service AND gate = :gate || ' pause'
                AND at > :now AND at < :now + 90)
"""
FREE_AT = """
SELECT max(
    coalesce((SELECT at + :window_s FROM passes WHERE service = :service AND gate = :gate
              AND at < :now + 60 ORDER BY at DESC LIMIT 1 OFFSET :count - 1), :now),
    coalesce((SELECT max(at) FROM passes WHERE service = :service
              AND gate = :gate || ' pause' AND at < :now + 90), :now)
) AS free_at
"""
PAUSE = "INSERT INTO passes (service, gate, at) VALUES (:service, :gate || ' pause', :until)"
FORGET = "DELETE FROM passes WHERE service = :service AND at < :now - 600"

"""What else may have moved a balance: other tasks of one service, sent or failed in a while."""

OTHERS = """
SELECT
    total(submitted_at > :since) AS sent,
    total(CASE WHEN submitted_at > :since
        THEN coalesce(nullif(price, 0), :price_unknown) END) AS credits,
    total(state = 'failed' AND coalesce(credits, 0) = 0) AS failed
FROM tasks
WHERE service = :service AND id != :without AND submitted_at > :since - :refund_s
    AND state != 'waiting' AND (state != 'failed' OR task_id IS NOT NULL)
"""

"""One task on the page: live, then light HTML."""

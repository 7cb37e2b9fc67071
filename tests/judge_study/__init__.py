"""Simulated judges by the thousand: ``make judge-study``; what they found is `RESULTS.md`."""

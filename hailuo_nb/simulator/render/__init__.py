"""Drawing and encoding: jobs in, MP4 files out, in processes of their own.

Only `jobs` and `pool` are imported by the serving process; everything else here imports numpy,
Pillow or PyAV and belongs to the workers. Nothing here knows tasks, accounts or HTTP.
"""

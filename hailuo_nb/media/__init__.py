"""Pictures and films, read in a process of its own that a crafted file may crash.

Libraries that read them allocate before anybody can check. It knows files and limits,
neither tasks nor the service; what its answers mean for a person is said elsewhere.
"""

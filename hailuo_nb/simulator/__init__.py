"""A stranger's video service on loopback: real HTTP, real files, made-up films.

This package knows the vendor's contract and nothing of the client that talks to it: it imports
nothing from the rest of the project, so that both sides are held to the contract and not to each
other. It starts no work at import.
"""

VERSION = "1"

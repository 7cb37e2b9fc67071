"""In the place of jsonschema's reader of internationalised addresses, which builds 38 grammars.

Without it jsonschema leaves such addresses unread, and each process that imports nbformat or
starts a Jupyter server is 3 s faster.
"""

raise ImportError(__doc__)

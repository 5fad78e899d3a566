"""The public register: pages, export and the stand-alone verifier."""

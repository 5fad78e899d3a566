"""What the addresses of setting up the site need: a link, which is none in an installation with a host."""

ARGUMENTS = {"installation:begin": lambda _world: {"token": "0" * 64}}

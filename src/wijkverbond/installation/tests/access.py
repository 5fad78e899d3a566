"""What the addresses of setting up the site need: a link, which is none in an installation with a host."""

ARGUMENTS = {
    "installation:begin": lambda _world: {"token": "0" * 64},
    "installation:colour": lambda _world: {"colour": "ffffff"},  # nobody can read with it
    "installation:logo": lambda _world: {"digest": "0" * 64},
}

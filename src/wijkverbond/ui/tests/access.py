"""What the addresses of the interface itself need."""

ARGUMENTS = {"ui:sent": lambda _world: {"key": "0" * 64}}

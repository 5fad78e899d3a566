"""Opinion groups and agreement of a conversation (docs/contributors/opinions.md)."""

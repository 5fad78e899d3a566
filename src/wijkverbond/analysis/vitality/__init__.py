"""The vitality reading of a coalition (docs/contributors/events.md says what it reads)."""

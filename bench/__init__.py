"""Repeatable measurements (quality.md, "Speed and size"); never part of the tests."""

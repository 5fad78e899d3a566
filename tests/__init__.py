"""Tests that cross capabilities, and what all tests share."""

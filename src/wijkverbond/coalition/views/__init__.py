"""The pages of a coalition, a module for each room."""

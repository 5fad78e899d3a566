"""The pages of the vision, goals and benefits."""

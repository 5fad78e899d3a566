"""The ground under every capability: journal, policies, actor, clock, jobs."""

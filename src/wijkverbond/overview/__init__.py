"""Pages that compose capabilities: the portal, and what asks something of me."""

"""Where the coalition wants to go, and what each partner gains by it."""

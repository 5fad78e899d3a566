"""How dates and times are written where a language of Django has another habit."""

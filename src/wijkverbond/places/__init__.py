"""Municipality, district and neighbourhood: official figures and boundaries."""

"""How vital a coalition is: a reading of its journal, with the evidence."""

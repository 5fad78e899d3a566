"""How the installation is: what a person and a machine can see of it from outside."""

"""What people see in their neighbourhood, and what follows from it."""

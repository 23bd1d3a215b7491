"""The rules by which what is stored agrees: what each is given and what it finds. `core.agreement` calls them."""

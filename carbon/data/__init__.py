"""The product's own factors, catalogue and levels, read from the files beside this one."""

"""Reading expenses from a bank's file: the file as a table, its columns and formats, and what each row is."""

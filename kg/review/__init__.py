"""A person's last word: what is uncertain goes out as a sheet, what a person decides comes back and wins."""

"""The interactive page: what is shown, where it is placed, and the one self-contained HTML file."""

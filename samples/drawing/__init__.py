"""What draw.py and break.py draw and write with."""

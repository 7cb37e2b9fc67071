"""What is measured of a clip, against its definition and against others' code."""

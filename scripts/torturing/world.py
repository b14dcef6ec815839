"""State shared by all faults; scripts/torture sets it."""

quire = ""  # the executable
scratch = None  # the folder of all runs, a Path
chance = None  # random numbers
mounts = False  # whether file systems can be mounted

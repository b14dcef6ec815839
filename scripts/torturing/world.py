"""What all faults share; scripts/torture sets it."""

quire = ""  # the executable
scratch = ""  # the folder of all runs
chance = None  # random numbers
mounts = False  # whether file systems can be mounted

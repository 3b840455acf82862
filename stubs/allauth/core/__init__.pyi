# What the station uses of it.

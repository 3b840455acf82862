# What the station uses of Kombu, whose own types are few.

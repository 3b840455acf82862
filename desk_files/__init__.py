"""People, organizations and activities as files: exported, mended, and imported again."""

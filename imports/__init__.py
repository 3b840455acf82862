"""Many people at once: lists of people out of files and pasted texts, registered by the actions that register one."""

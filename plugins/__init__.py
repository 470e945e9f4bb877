"""The modules that come with Benchside; each by the same door as a stranger's."""

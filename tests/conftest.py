"""How many examples hypothesis tries: few in the test command, many in `make fuzz`."""

from hypothesis import settings

settings.register_profile("quick", max_examples=200, deadline=None)
settings.register_profile("many", max_examples=20_000, deadline=None)
settings.load_profile("quick")

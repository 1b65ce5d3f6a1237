"""What all tests share: how hypothesis searches."""

from hypothesis import settings

# The same examples on every run and every machine; --hypothesis-profile=search looks for new ones.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=3000)
settings.load_profile("same")

"""What must hold everywhere; the laws of `reckoning` say what was found when they are broken."""

import pytest

pytest.register_assert_rewrite("tests.laws.reckoning")

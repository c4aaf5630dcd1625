"""What the tests of the public pages share."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _language():
    """No test inherits the language that another one's request chose."""
    with translation.override("ja"):
        yield

"""Pages of data in and out."""

from portal.exchange import models  # noqa: F401 - the tables

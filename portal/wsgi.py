"""The application for servers other than `portal serve`: name this module's `app` to them."""

from portal import create_app

app = create_app()

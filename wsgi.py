"""What a server or the `flask` command imports: `flask --app wsgi …`, `gunicorn wsgi:app`."""

import sys

from app import create_app
from config import BadSetting

try:
    app = create_app()
except BadSetting as error:
    sys.exit(f"Kargah cannot start: {error}")

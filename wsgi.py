"""What a server or the `flask` command imports: `flask --app wsgi …`, `gunicorn wsgi:app`."""

import gc
import sys

from app import create_app
from config import BadSetting

try:
    app = create_app()
except BadSetting as error:
    sys.exit(f"Kargah cannot start: {error}")

# What is loaded by now stays to the end: looking through all of it for garbage would cost the one request in
# some hundreds that happens to set it off a tenth of a second.
gc.freeze()

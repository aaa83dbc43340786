"""What a server or the `flask` command imports: `flask --app wsgi …`, `gunicorn wsgi:app`."""

from app import create_app

app = create_app()

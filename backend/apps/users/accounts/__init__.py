"""What django-allauth asks of us: how accounts are made, mailed and shown. It runs every sign-in."""

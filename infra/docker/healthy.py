"""Exits 0 when the server in this container answers /healthz, 1 otherwise."""

import os
import sys
from http.client import HTTPConnection, HTTPException

try:
    connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    connection.request("GET", "/healthz", headers={"Host": "localhost"})
    status = connection.getresponse().status
except (OSError, HTTPException) as problem:
    sys.exit(f"no answer: {problem}")
sys.exit(0 if status == 200 else f"/healthz answered {status}")

"""What Google and Microsoft have, here on this machine: a page to sign in on, tokens that are turned with each renewal,
and an answer to Dovecot's question whose token it is."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit


class StandIn:
    def __init__(self) -> None:
        self.refresh = ""
        self.access: set[str] = set()
        self.codes: dict[str, dict[str, str]] = {}
        self.life = 3600
        self.turns = True
        self.away = False
        self.renewals = 0
        self.lock = threading.Lock()
        stand_in = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
                if self.path.startswith("/authorize"):
                    self.send_response(302)
                    self.send_header("Location", stand_in.sign_in(asked))
                    self.end_headers()
                    return
                known = asked.get("access_token") in stand_in.access
                self.answer(200 if known else 400, {"email": "desk"} if known else {})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                with stand_in.lock:
                    self.answer(*stand_in.give({name: values[0] for name, values in parse_qs(body).items()}))

            def answer(self, code: int, said: dict[str, Any]) -> None:
                self.send_response(code)
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def settings(self) -> dict[str, str]:
        client = {"client_id": "klient", "client_secret": "tajemnica-klienta"}
        return client | {"authorize_url": f"{self.url}/authorize", "token_url": f"{self.url}/token"}

    def sign_in(self, asked: dict[str, str]) -> str:
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def give(self, said: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if self.away:
            return 503, {"error": "temporarily_unavailable"}
        if said.get("client_secret") != "tajemnica-klienta":
            return 401, {"error": "invalid_client"}
        good = self._code_is_good(said) if said["grant_type"] == "authorization_code" else self._refresh_is_good(said)
        return (200, self._tokens()) if good else (400, {"error": "invalid_grant"})

    def _code_is_good(self, said: dict[str, str]) -> bool:
        asked = self.codes.pop(said["code"], {})
        digest = hashlib.sha256(said["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return asked.get("code_challenge") == challenge and asked["redirect_uri"] == said["redirect_uri"]

    def _refresh_is_good(self, said: dict[str, str]) -> bool:
        self.renewals += 1
        return said["refresh_token"] == self.refresh

    def _tokens(self) -> dict[str, Any]:
        access = f"zeton-{secrets.token_urlsafe(8)}"
        self.access.add(access)
        if self.turns or not self.refresh:
            self.refresh = f"odnowa-{secrets.token_urlsafe(8)}"
        return {"access_token": access, "refresh_token": self.refresh, "expires_in": self.life, "token_type": "Bearer"}

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

"""A real Dovecot, in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from imapclient import IMAPClient

CONFIG = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
info_log_path = {folder}/log
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
mail_location = maildir:{folder}/mail/%n
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 0
default_internal_user = {internal}
default_login_user = {login}
ssl = {ssl}
{certificate}
imap_capability = {capability}
passdb {{
  driver = passwd-file
  args = username_format=%n {folder}/passwords
  mechanisms = plain login
}}
passdb {{
  driver = oauth2
  args = {folder}/oauth2.conf
  mechanisms = xoauth2
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
service anvil {{
  chroot =
}}
"""


@dataclass
class Dovecot:
    folder: Path
    port: int
    tls_port: int
    process: subprocess.Popen[bytes] | None = None
    password: str = "tajne-haslo"
    token: str = "ya29.zeton"
    tokens: HTTPServer | None = None
    asks_at: str = ""

    def token_service(self) -> int:
        """Where Dovecot asks whose token it is: what Google and Microsoft have, here on this machine."""
        known = f"/?access_token={self.token}"

        class Service(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path == known else 400)
                self.end_headers()
                self.wfile.write(b'{"email": "desk"}' if self.path == known else b"{}")

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.tokens = HTTPServer(("127.0.0.1", 0), Service)
        threading.Thread(target=self.tokens.serve_forever, daemon=True).start()
        return self.tokens.server_port

    def start(self, *, capability: str = "", ssl: bool = False) -> None:
        root = os.getuid() == 0
        # Dovecot opens no mailbox as root.
        user = pwd.getpwnam("dovecot") if root else pwd.getpwuid(os.getuid())
        os.chown(self.folder / "mail", user.pw_uid, user.pw_gid)
        (self.folder / "passwords").write_text(f"desk:{{PLAIN}}{self.password}\n")
        (self.folder / "oauth2.conf").write_text(
            f"tokeninfo_url = {self.asks_at or f'http://127.0.0.1:{self.token_service()}'}/?access_token=\n"
            "username_attribute = email\nusername_format = %n\n"
        )
        config = self.folder / "dovecot.conf"
        config.write_text(
            CONFIG.format(
                folder=self.folder,
                user=user.pw_uid,
                group=user.pw_gid,
                internal="dovecot" if root else user.pw_name,
                login="dovenull" if root else user.pw_name,
                port=self.port,
                tls_port=self.tls_port,
                capability=capability,
                ssl="yes" if ssl else "no",
                certificate=self._certificate() if ssl else "",
            )
        )
        self.process = subprocess.Popen([dovecot_program(), "-F", "-c", str(config)])
        wait_for_port(self.port)

    def _certificate(self) -> str:
        pem, key = self.folder / "cert.pem", self.folder / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=wrong.example",
             "-keyout", str(key), "-out", str(pem)], check=True, capture_output=True,
        )  # fmt: skip
        return f"ssl_cert = <{pem}\nssl_key = <{key}"

    def change_password(self, password: str) -> None:
        self.password = password
        (self.folder / "passwords").write_text(f"desk:{{PLAIN}}{password}\n")

    def client(self) -> IMAPClient:
        client = IMAPClient("127.0.0.1", port=self.port, ssl=False)
        client.login("desk", self.password)
        return client

    def deliver(self, *mails: bytes, folder: str = "INBOX", moment: object = None) -> None:
        client = self.client()
        for mail in mails:
            client.append(folder, mail, msg_time=moment)  # type: ignore[arg-type]
        client.logout()

    def break_connections(self) -> None:
        """End the processes that talk to the clients; the server goes on."""
        assert self.process
        ours = subprocess.run(["pgrep", "-P", str(self.process.pid), "-x", "imap"], capture_output=True, text=True)
        for process in map(int, ours.stdout.split()):
            os.kill(process, signal.SIGKILL)

    def stop(self) -> None:
        if self.tokens:
            self.tokens.shutdown()
            self.tokens.server_close()
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()


def dovecot_program() -> str:
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    assert found, "Dovecot is not installed: apt-get install dovecot-imapd"
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing answers on port {port}")

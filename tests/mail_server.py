"""As much SMTP as a test needs: it keeps what it took, and fails the way it is told."""

import socketserver
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from threading import Event, Thread
from types import TracebackType
from typing import Any

BROKEN = (ConnectionError, BrokenPipeError, ValueError)


class MailServer(socketserver.ThreadingTCPServer):
    """`mood` says how it fails: "" not at all, "refuses" everybody, an address only that one, see below."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood = ""
        self.taken: list[str] = []
        self.ends = Event()

    def __enter__(self) -> "MailServer":
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ends.set()
        self.shutdown()
        self.server_close()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def mails(self) -> list[EmailMessage]:
        """What it took, parsed."""
        return [parsed(text) for text in self.taken]


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        try:
            self.say("220 ready")
            for raw in self.rfile:
                if not self.answer(raw.decode().strip().upper()):
                    return
        except BROKEN:
            return  # the other side is gone

    def answer(self, word: str) -> bool:
        """Answer one command; False: hang up."""
        mood = self.server.mood
        if word == "DATA":
            return self.data(mood)
        if word == "QUIT":
            self.say("421 go away" if mood == "rude at the end" else "221 bye")
            return False
        if word.startswith("MAIL") and mood == "hangs":
            self.server.ends.wait(30)
            return False
        refused = mood in ("refuses", word.partition("<")[2][:-1].lower())
        self.say("550 nobody of that name" if word.startswith("RCPT") and refused else "250 fine")
        return True

    def data(self, mood: str) -> bool:
        self.say("354 go on")
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw.decode().removeprefix("."))
        else:
            return False  # broken off before its end: not taken
        self.server.taken.append("".join(lines))
        if mood == "hangs after data":
            self.server.ends.wait(30)
        if mood in ("dies after data", "hangs after data"):
            return False
        self.say("451 not now" if mood == "451 after data" else "250 taken")
        return True


def parsed(text: str) -> Any:
    return message_from_string(text, policy=default)

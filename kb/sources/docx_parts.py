"""The parts of a Word file: a ZIP archive of XML, opened with care.

Takes the bytes; gives each part's root element. Refuses what is no such file, what is locked, and what would unpack to
more than any paper needs. Macros, pictures and embedded
files are never looked at.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any, Final

from lxml import etree

from kb.errors import SourceError, SourceFault

MAX_PART: Final = 48 * 2**20
"""Bytes; a larger part is refused. The text of a thousand pages takes about ten million."""
MAX_ENTRIES: Final = 20_000
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_MARK: Final = "EncryptedPackage".encode("utf-16-le")
_ANEW: Final = "Fetch or save it again."
_AS_DOCX: Final = "Open it in a word processor, save it as .docx or .pdf, and add that."
_MAIN_PART: Final = "word/document.xml"


class DocxParts:
    """The parts of one file.

    Args:
        data: Its bytes.
        name: Its name, for messages.

    Raises:
        SourceError: If it is no Word file, or a damaged or locked one.
    """

    def __init__(self, data: bytes, *, name: str) -> None:
        self._name = name
        if data.startswith(_OLD_WORD):
            raise _not_a_package(name, is_locked=_LOCKED_MARK in data)
        if not data.startswith(b"PK"):
            raise SourceError(
                f"{name} is not a Word file of the kind .docx.",
                next_step=_AS_DOCX,
                fault=SourceFault.UNSUPPORTED,
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = {entry.filename.lstrip("/").lower(): entry for entry in self._zip.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self._damaged(str(error)) from error
        if len(self._entries) > MAX_ENTRIES:
            raise self._too_large()
        self.main = self._find_main()

    def _find_main(self) -> str:
        """Find the part that holds the text: the relations of the package name it."""
        relations = self.root("_rels/.rels")
        for relation in relations if relations is not None else ():
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                target = posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
                if target.lower() in self._entries:
                    return target
        if _MAIN_PART in self._entries:
            return _MAIN_PART
        raise SourceError(
            f"{self._name} is not a Word file: it holds no document.",
            next_step=_AS_DOCX,
            fault=SourceFault.UNSUPPORTED,
        )

    def related(self, kind: str, identity: str | None = None) -> Any | None:
        """Give the root of a part that belongs to the document.

        Args:
            kind: What it is to the document, say ``"styles"``.
            identity: Of the relation, where there may be several of a kind.

        Returns:
            Its root element; ``None`` if there is none.
        """
        folder, file = posixpath.split(self.main)
        relations = self.root(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in relations if relations is not None else ():
            is_kind = str(relation.get("Type", "")).endswith(f"/{kind}")
            is_meant = identity is None or relation.get("Id") == identity
            if is_kind and is_meant and relation.get("TargetMode") != "External":
                target = str(relation.get("Target", ""))
                path = target if target.startswith("/") else posixpath.join(folder, target)
                return self.root(posixpath.normpath(path.lstrip("/")))
        return None

    def root(self, path: str) -> Any | None:
        """Parse one part.

        Returns:
            Its root element; ``None`` if there is no such part.

        Raises:
            SourceError: If it is damaged, locked or too large.
        """
        entry = self._entries.get(path.lower())
        if entry is None:
            return None
        if entry.file_size > MAX_PART:
            raise self._too_large()
        try:
            with self._zip.open(entry) as file:
                content = file.read(MAX_PART + 1)
        except RuntimeError as error:  # how zipfile says that a password is needed
            raise _not_a_package(self._name, is_locked=True) from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
            raise self._damaged(f"{path}: {error}") from error
        if len(content) > MAX_PART:
            raise self._too_large()
        return self._parse(content, path)

    def _parse(self, content: bytes, path: str) -> Any:
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(f"{path}: {error}") from error
        if root.getroottree().docinfo.doctype:
            raise self._damaged(f"{path} declares entities, which no Word file does")
        return root

    def _damaged(self, what: str) -> SourceError:
        return SourceError(
            f"{self._name} is a damaged Word file ({what}).", next_step=_ANEW, fault=SourceFault.DAMAGED
        )

    def _too_large(self) -> SourceError:
        return SourceError(
            f"{self._name} unpacks to more than {MAX_PART // 2**20} MB of text; no paper does.",
            next_step="Check where it comes from; if it is a paper, save it as PDF and add that.",
            fault=SourceFault.TOO_LARGE,
        )


def _not_a_package(name: str, *, is_locked: bool) -> SourceError:
    if is_locked:
        return SourceError(
            f"{name} is protected by a password.",
            next_step="Save a copy without a password and add that.",
            fault=SourceFault.PASSWORD_PROTECTED,
        )
    return SourceError(
        f"{name} is a file of an old word processor (.doc), not .docx.",
        next_step=_AS_DOCX,
        fault=SourceFault.UNSUPPORTED,
    )


def local(element: Any) -> str:
    """Return an element's name without its namespace, which differs between the two editions of the format."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any | None, *names: str) -> Any | None:
    """Go down by names; ``None`` where one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def value(element: Any | None, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace; ``None`` if element or attribute is missing."""
    if element is None:
        return None
    return next((str(text) for key, text in element.attrib.items() if key.rpartition("}")[2] == name), None)


def whole(element: Any | None, name: str = "val") -> int | None:
    """Return an attribute as a whole number; ``None`` if it is missing or none."""
    text = value(element, name)
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def switch(parent: Any | None, name: str) -> bool | None:
    """Read a property that is on or off, such as ``w:b``; ``None`` if nothing is said."""
    element = child(parent, name)
    if element is None:
        return None
    return value(element) not in {"0", "false", "off", "none"}

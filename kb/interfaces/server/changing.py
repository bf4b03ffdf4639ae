"""REST for editors and admins: papers put in and taken out, users kept. The gate has looked at the role already."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi import Path as PathValue
from pydantic import BaseModel, ConfigDict, Field

from kb.interfaces.answer_json import SCHEMA_VERSION
from kb.interfaces.server.answering import Answering
from kb.interfaces.server.api import PROBLEMS
from kb.interfaces.server.audit import AuditLog
from kb.interfaces.server.papers import Papers, safe_name
from kb.interfaces.server.passwords import hash_password
from kb.interfaces.server.rules import UPLOADS, USERS
from kb.interfaces.server.users import Role, Users
from kb.interfaces.server.users_json import user_to_json, users_to_json
from kb.interfaces.server.visitors import require, visitor_of

_Document = Annotated[str, PathValue(max_length=300, description="A document's id or name")]
_Name = Annotated[str, PathValue(max_length=64, description="A user's name")]
_Files = Annotated[list[UploadFile], File(description="The papers")]
_Replacing = Annotated[
    str | None, Form(max_length=300, description="The document whose place the one file takes")
]


class NewUser(BaseModel):
    """Somebody to be let in."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=64)
    role: Role = Role.READER
    password: str | None = Field(None, description="None for those who come by token or proxy")


def paper_routes(papers: Papers, answering: Answering) -> APIRouter:
    """Papers, for editors."""
    router = APIRouter(prefix=UPLOADS, tags=["editors"], responses=PROBLEMS)

    @router.post("", summary="Put papers in")
    async def add(request: Request, files: _Files, replacing: _Replacing = None) -> dict[str, Any]:
        """What became of each file, when all have been read."""
        visitor = visitor_of(request)
        require(visitor, Role.EDITOR)
        named = await answering.document_name(replacing) if replacing else None

        def keep() -> dict[str, Any]:
            with tempfile.TemporaryDirectory(prefix="kb-upload-") as folder:
                paths = [_save(file, Path(folder, str(number))) for number, file in enumerate(files)]
                return papers.add(visitor, paths, replacing=named)

        return await to_thread.run_sync(keep)

    @router.delete("/{document}", summary="Take a paper out")
    async def remove(request: Request, document: _Document) -> dict[str, Any]:
        """Links to its places will say that it was removed."""
        name = await answering.document_name(document)
        return await to_thread.run_sync(papers.remove, visitor_of(request), [name])

    @router.post("/rebuild", summary="Read all papers anew")
    async def rebuild(request: Request) -> dict[str, Any]:
        """From the copies that the library keeps."""
        return await to_thread.run_sync(papers.rebuild, visitor_of(request))

    return router


def user_routes(users: Users, audit: AuditLog) -> APIRouter:
    """Users, for admins."""
    router = APIRouter(prefix=USERS, tags=["admins"], responses=PROBLEMS)

    def note(request: Request, event: str, name: str, **details: Any) -> None:
        visitor = visitor_of(request)
        audit.write(event, user=visitor.name, address=visitor.address, subject=name, **details)

    @router.get("", summary="List the users")
    def listing() -> dict[str, Any]:
        """With their tokens' labels, never a secret or its hash."""
        return users_to_json(users.all().values())

    @router.post("", summary="Add a user", status_code=201)
    def add(request: Request, new: NewUser) -> dict[str, Any]:
        """With or without a password."""
        password = None if new.password is None else hash_password(new.password, name=new.name)
        user = users.add(new.name, new.role, password)
        note(request, "user_added", user.name, role=user.role.value)
        return {"schema": SCHEMA_VERSION, **user_to_json(user)}

    @router.delete("/{name}", summary="Remove a user")
    def remove(request: Request, name: _Name) -> dict[str, Any]:
        """With sessions and tokens."""
        users.remove(name)
        note(request, "user_removed", name.casefold())
        return users_to_json(users.all().values())

    return router


def _save(file: UploadFile, folder: Path) -> Path:
    """Keep an uploaded file under its own name, in a folder of its own: two may have the same."""
    path = folder / safe_name(file.filename)
    folder.mkdir()
    with path.open("wb") as kept:
        shutil.copyfileobj(file.file, kept)
    return path

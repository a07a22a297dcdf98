"""Bytes named by their SHA-256, in a folder, in S3 or in memory: whatever PORTAL_STORAGE_URL says.

What `put` and `keep` return from is on the disk, not only in a cache, so a database commit may rely on it.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from uuid import uuid4

from flask import current_app
from sqlalchemy import Column, ColumnElement, exists, select
from sqlalchemy import delete as delete_rows

from portal.cases.models import Blob
from portal.clock import now
from portal.extensions import Model, db, insert_or

if TYPE_CHECKING:
    from obstore.store import ObjectStore

BATCH = 500
_HASH = re.compile(r"[0-9a-f]{64}")
_INCOMING = "incoming"


class Missing(LookupError):
    """No bytes are stored under this hash."""


def put(data: bytes) -> str:
    """Store the bytes unless they are there already; their SHA-256 in hex."""
    digest = hashlib.sha256(data).hexdigest()
    _put(digest, data)
    return digest


def read(digest: str, first: int | None = None) -> bytes:
    """The bytes, or only the first few of them."""
    import obstore  # noqa: PLC0415 - heavy

    try:
        if first is None:
            return bytes(obstore.get(_store(), _key(digest)).bytes())
        return bytes(obstore.get_range(_store(), _key(digest), start=0, length=first))
    except FileNotFoundError as error:
        raise Missing(digest) from error


def delete(digest: str) -> None:
    """Remove the bytes; nothing happens when they are gone already."""
    import obstore  # noqa: PLC0415 - heavy

    with contextlib.suppress(FileNotFoundError):
        obstore.delete(_store(), _key(digest))


def keep(contents: Iterable[bytes]) -> list[str]:
    """Rows and bytes for all contents, with one statement; their hashes in the same order.

    The rows come first and an old one is renewed: its lock holds until the commit, so a sweep at the same
    time either waits and finds the row young, or is done and the bytes are written again here.
    """
    hashed = [(hashlib.sha256(data).hexdigest(), data) for data in contents]
    distinct = dict(sorted(hashed))  # locked in this order by everybody, so that nobody waits in a circle
    rows = [{"hash": digest, "size": len(data), "stored_at": now()} for digest, data in distinct.items()]
    if rows:
        insert = insert_or(Blob).values(rows)
        renewed = {"stored_at": insert.excluded.stored_at}
        db.session.execute(insert.on_conflict_do_update(index_elements=["hash"], set_=renewed))
    for digest, data in distinct.items():
        _put(digest, data)
    return [digest for digest, _ in hashed]


def sweep(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete up to `BATCH` old blobs nothing refers to, and bytes whose upload never committed; how many.

    Rows go first and stay locked until the caller commits, so nobody can begin to refer to them while their
    bytes go. Should that commit fail, rows without bytes remain: `keep` repairs or the next sweep takes them.
    """
    before = now() - older_than
    _clear_incoming(min(before, now() - timedelta(hours=1)))
    _adopt_strays(before)
    unused = _unused(before)
    candidates = select(Blob.hash).where(*unused).order_by(Blob.hash).limit(BATCH)
    hashes = db.session.scalars(candidates.with_for_update(skip_locked=True)).all()
    gone = db.session.scalars(
        delete_rows(Blob)
        .where(Blob.hash.in_(hashes), *unused)
        .returning(Blob.hash)
        .execution_options(synchronize_session=False)
    ).all()
    for digest in gone:
        delete(digest)
    return len(gone)


def _unused(before: datetime) -> list[ColumnElement[bool]]:
    """Conditions of a blob no row of any table refers to, of tables yet to come too."""
    own: Any = Blob.__table__.c.hash
    columns: list[Column[Any]] = [c for table in Model.metadata.tables.values() for c in table.columns]
    referring = [column for column in columns if column.references(own)]
    return [Blob.stored_at < before, *(~exists().where(column == Blob.hash) for column in referring)]


def _adopt_strays(before: datetime) -> None:
    """Give old bytes without a row one, so that they are swept like the rest.

    Inserting, rather than deleting the bytes at once, waits for an upload of the same bytes to commit.
    """
    import obstore  # noqa: PLC0415 - heavy

    for chunk in obstore.list(_store(), chunk_size=BATCH):
        old = {
            meta["path"].replace("/", ""): {"size": meta["size"], "stored_at": meta["last_modified"]}
            for meta in chunk
            if meta["last_modified"] < before and _HASH.fullmatch(meta["path"].replace("/", "", 1))
        }
        known = db.session.scalars(select(Blob.hash).where(Blob.hash.in_(old))).all()
        rows = [{"hash": digest, **old[digest]} for digest in sorted(old.keys() - set(known))]
        if rows:
            db.session.execute(insert_or(Blob).values(rows).on_conflict_do_nothing())


def _clear_incoming(before: datetime) -> None:
    """Remove what a killed process left half written in a local store."""
    root = _root(_store())
    for path in (root / _INCOMING).glob("*") if root else ():
        with contextlib.suppress(FileNotFoundError):  # its writer was quicker
            if path.stat().st_mtime < before.timestamp():
                path.unlink()


def _key(digest: str) -> str:
    if not _HASH.fullmatch(digest):
        raise Missing(digest)
    return f"{digest[:2]}/{digest[2:]}"


def _store() -> "ObjectStore":
    kept: ObjectStore | None = current_app.extensions.get("storage")
    if kept is None:
        opened = _open(current_app.config["SETTINGS"].storage_url)
        kept = current_app.extensions.setdefault("storage", opened)
    return kept


def _open(url: str) -> "ObjectStore":
    from obstore.store import LocalStore, from_url  # noqa: PLC0415 - heavy

    if url.startswith("file://"):
        root = Path(unquote(url.removeprefix("file://")))
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(root)
    if url.startswith("memory:"):
        return from_url(url)
    # Without these, a store that is away keeps a person waiting for three minutes.
    retries: Any = {"max_retries": 3, "retry_timeout": timedelta(seconds=10)}
    return from_url(url, client_options={"connect_timeout": "5s", "timeout": "30s"}, retry_config=retries)


def _root(store: "ObjectStore") -> Path | None:
    """The folder of a local store."""
    from obstore.store import LocalStore  # noqa: PLC0415 - heavy

    return Path(str(store.prefix)) if isinstance(store, LocalStore) else None


def _put(digest: str, data: bytes) -> None:
    import obstore  # noqa: PLC0415 - heavy

    store, key = _store(), _key(digest)
    if root := _root(store):
        _put_in_folder(store, root, key, data)
        return
    try:
        obstore.head(store, key)
    except FileNotFoundError:
        obstore.put(store, key, data, use_multipart=False)


def _put_in_folder(store: "ObjectStore", root: Path, key: str, data: bytes) -> None:
    """Under its name only once it is on the disk, so that a file with that name is always whole.

    obstore doesn't fsync; the folders are synced even when the file is there, for whoever put it there may
    not have come so far.
    """
    path = root / key
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        _write(store, root, key, data)
    _sync(path.parent, root)


def _write(store: "ObjectStore", root: Path, key: str, data: bytes) -> None:
    import obstore  # noqa: PLC0415 - heavy

    part = root / _INCOMING / uuid4().hex
    part.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        obstore.put(store, f"{_INCOMING}/{part.name}", data, use_multipart=False)
        part.chmod(0o600)
        _sync(part)
        obstore.rename(store, f"{_INCOMING}/{part.name}", key)
    except BaseException:
        for left in part.parent.glob(f"{part.name}*"):  # obstore adds #1 while it writes
            left.unlink(missing_ok=True)
        raise


def _sync(*paths: Path) -> None:
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

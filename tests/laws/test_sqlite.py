"""SQLite as we set it up keeps what it acknowledged and loses no concurrent update."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import create_engine, text

from portal.extensions import reading, sqlite_done_right

PROCESSES, TIMES = 4, 200

ADD = f"""
import sys
from sqlalchemy import create_engine, text
from portal.extensions import sqlite_done_right
engine = create_engine(sys.argv[1])
sqlite_done_right(engine)
print("ready", flush=True)
sys.stdin.readline()
for _ in range({TIMES}):
    with engine.begin() as connection:
        n = connection.execute(text("SELECT n FROM counter")).scalar_one()
        connection.execute(text("UPDATE counter SET n = :n"), {{"n": n + 1}})
"""  # noqa: S608 - a program, not a statement


def test_four_processes_lose_no_update_of_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'counter.db'}"
    engine = create_engine(url)
    sqlite_done_right(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    several = [
        subprocess.Popen(
            [sys.executable, "-c", ADD, url],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for process in several:  # all begin at once, whoever was quicker to start
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in several:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in several:
        process.communicate(timeout=60)
        assert process.returncode == 0
    with engine.connect() as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar_one() == PROCESSES * TIMES
    engine.dispose()


def test_every_connection_survives_a_power_cut_and_checks_its_keys(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    sqlite_done_right(engine)
    for _ in range(2):
        with engine.connect() as connection:
            found = {
                pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()
                for pragma in ("synchronous", "journal_mode", "foreign_keys", "busy_timeout")
            }
        assert found == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 20000}
        engine.dispose()


def test_a_reader_begins_without_the_write_lock(tmp_path: Path) -> None:
    """A page that only reads never waits for somebody who writes."""
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    writer, reader = create_engine(url), create_engine(url)
    for engine in (writer, reader):
        sqlite_done_right(engine)
    with writer.begin() as writing:
        writing.execute(text("CREATE TABLE counter (n INTEGER)"))
        with reading(), reader.begin() as looking:
            assert looking.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one() == 0
    for engine in (writer, reader):
        engine.dispose()

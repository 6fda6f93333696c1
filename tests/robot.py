"""ROBOT, the tool of OBO's ontologies: is a document OWL 2 DL, and what does the reasoner HermiT find in it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.maven import java

MAIN = "org.obolibrary.robot.CommandLineInterface"


def out_of_profile(turtle: bytes, profile: str = "DL") -> str:
    """Return what breaks the profile of OWL 2, "" where nothing does."""
    with TemporaryDirectory() as work:
        data, report = Path(work) / "data.ttl", Path(work) / "report.txt"
        data.write_bytes(turtle)
        run = java("robot", MAIN, "validate-profile", "--profile", profile, "--input", data, "--output", report)
        assert report.is_file(), run.stdout.decode() + run.stderr.decode()
        said = report.read_text(encoding="utf-8")
        fits = "[Ontology and imports closure in profile]" in said
        assert fits == (run.returncode == 0), said
        return "" if fits else said


def hermit(turtle: bytes) -> str:
    """Return what HermiT finds wrong, an inconsistent ontology or unsatisfiable classes; "" where nothing is."""
    with TemporaryDirectory() as work:
        data, reasoned = Path(work) / "data.ttl", Path(work) / "reasoned.ttl"
        data.write_bytes(turtle)
        run = java("robot", MAIN, "reason", "--reasoner", "HermiT", "--input", data, "--output", reasoned)
        said = run.stdout.decode() + run.stderr.decode()
        assert reasoned.is_file() == (run.returncode == 0), said
        assert run.returncode == 0 or "inconsistent" in said or "unsatisfiable" in said, said
        return said if run.returncode else ""

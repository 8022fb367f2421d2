"""Asks a running server what its OpenAPI description allows, and what it does not: no server error, no
answer that is not described.

    schemas.py ADDRESS-OF-THE-DESCRIPTION
"""
import pathlib
import subprocess
import sys

CHECKS = "not_a_server_error,response_schema_conformance,status_code_conformance,content_type_conformance"

program = pathlib.Path(sys.executable).with_name("schemathesis")
if not program.exists():
    print("schemathesis is missing", file=sys.stderr)
    sys.exit(77)
run = subprocess.run(
    [program, "run", sys.argv[1], "--checks", CHECKS, "--max-examples", "5", "--seed", "1", "--no-color"],
    capture_output=True, text=True)
print(run.stdout[-6000:])
print(run.stderr, file=sys.stderr)
sys.exit(0 if run.returncode == 0 else 1)

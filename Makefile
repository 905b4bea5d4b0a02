# Short names for the commands of the README.
site:
	python3 build.py

test:
	python3 tests/run.py

# Every row of the list of faults at its full count, into docs/faults.md; takes about an hour.
faults:
	FAULTS=full FAULTS_TABLE=docs/faults.md .venv/bin/python -m pytest -n 0 tests/faults

# Every truth of every record of a folder (content, or as registries give them), into docs/truths.md;
# takes about a quarter of an hour for 3,000 records: make truths RECORDS=folder
RECORDS = content
truths:
	.venv/bin/python tests/truths/run.py $(RECORDS)

# An hour a target; with atheris where it is installed. Then what generated examples say, of which the
# test command tries 60 each, of 20,000 each.
fuzz:
	.venv/bin/python tests/fuzz/run.py 3600
	.venv/bin/python -m pytest -n auto -m hypothesis --hypothesis-profile many

# The tests with every pair, page and example, and on more of the real records where those are there.
full:
	FAULTS=full python3 tests/run.py

# Which statements of the program no test runs.
coverage:
	.venv/bin/python tests/covered.py

.PHONY: site test faults truths fuzz full coverage

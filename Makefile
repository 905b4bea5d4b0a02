# Short names for the commands of the README.
site:
	python3 build.py

test:
	python3 tests/run.py

.PHONY: site test

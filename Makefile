# The same commands as in scripts/, for people who are used to make.
.POSIX:
.PHONY: report check test test-long bench bench-groot mutants wheels

report:
	@sh scripts/report.sh $(PEILDATUM)

check:
	@sh scripts/check.sh

test:
	@sh scripts/test.sh

test-long:
	@sh scripts/test-long.sh

wheels:
	@sh scripts/wheels.sh

bench:
	@sh scripts/bench.sh

mutants:
	@sh scripts/mutants.sh

bench-groot:
	@sh scripts/bench.sh --groot

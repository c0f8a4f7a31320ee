# The same commands as in scripts/, for people who are used to make.
.POSIX:
.PHONY: report test bench

report:
	@sh scripts/report.sh $(PEILDATUM)

test:
	@sh scripts/test.sh

bench:
	@sh scripts/bench.sh

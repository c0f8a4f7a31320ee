"""The errors a user can mend. Everything else is a defect of the program and ends with exit status 1."""

EXIT_UNEXPECTED = 1
EXIT_REFUSED = 2


class UserError(Exception):
    """Something the user can mend: a refused delivery or a wrong configuration (exit status 2).

    The message is Dutch and says what is wrong, where, how many times, and what to do.
    It never holds a value from a person's row: only rule, column, row number and count.
    """

    status = EXIT_REFUSED


class UnsafeError(UserError):
    """Nothing may be published: what would come out tells more of few persons than it may (exit status 1)."""

    status = EXIT_UNEXPECTED

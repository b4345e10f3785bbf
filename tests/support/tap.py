"""A few lines of the Test Anything Protocol for the tests that are scripts."""

import sys


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def case(self, name, problems):
        """Report one case. It passes if 'problems', lines of text, is empty."""
        self.count += 1
        problems = list(problems)
        self.failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {self.count} - {name}")
        for problem in problems:
            for line in str(problem).splitlines():
                print(f"#   {line}")
        sys.stdout.flush()

    def done(self):
        """Write the plan and end the program."""
        print(f"1..{self.count}")
        sys.exit(1 if self.failed or not self.count else 0)

"""`python -m desktop` is the command line, until there is a window."""

from desktop.cli import main

if __name__ == "__main__":
    main()

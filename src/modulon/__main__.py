"""`python -m modulon`."""

from modulon.cli import main

if __name__ == "__main__":
    main()

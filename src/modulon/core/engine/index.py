"""`python -m modulon.core.engine.index` writes the route index (set-up and the wheel's build call it)."""

from modulon.core.modules.index import main

if __name__ == "__main__":
    main()

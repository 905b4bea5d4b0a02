"""The command. Sets up an environment of its own on the first run, then hands over."""

from trialpages.environment import ensure_installed

if __name__ == "__main__":
    ensure_installed()
    from trialpages.cli import main

    main()

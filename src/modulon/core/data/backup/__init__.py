"""Backups of the whole server: one encrypted file each, proved on a scratch place, brought back whole or not at all.

`service.py` is what callers use (the command line now; a page and a schedule later). `container.py` is the encrypted
file, `entries.py` what is named in it, `manifest.py` what it says about itself, `sqlite.py`, `postgres.py` and
`loading.py` what each database does, `shelf.py` the folder of backups, `replacing.py` how restored files take the
place of the present ones.
"""

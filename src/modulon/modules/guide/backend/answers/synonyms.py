"""Words people use for what the documentation calls otherwise. The words of a line find each other."""

from typing import Final

from .words import stem, tokens

_LINES: Final = """
key token secret credential
password passphrase
forgot forgotten lost
delete remove erase discard trash wipe
install setup installation
begin start launch boot run
stop end halt quit shutdown abort cancel interrupt kill escape
backup copy cp snapshot
restore recover recovery
upgrade update newer latest release
downgrade rollback older previous earlier back
admin administrator operator owner
conversation chat thread discussion
message question prompt
answer reply response
provider vendor
model llm ai
shortcut keyboard hotkey keybinding
folder directory dir path
theme dark light appearance night colour color
phone mobile smartphone
tab window
picture image screenshot
title name rename
find search locate
export download save file
import upload read
invite invitation
person people user colleague member teammate
port address url
listen bind port
network internet online
offline disconnected
local locally localhost
encrypt encryption encrypted
log logs logging loglevel
worker process
error problem fail failure failing wrong
break breaks broke broken lost
health alive monitoring probe readiness ready
branch version alternative
edit change modify correct
choose pick select switch
regenerate retry again redo another
crash die dies power outage
database db sqlite
postgres postgresql
environment variable env
configure configuration setting option
service systemd daemon
proxy nginx caddy apache traefik
https tls ssl certificate
program script code client sdk
cost price
space disk
terminal shell console command cli
create add
ready readiness
send sent unsent draft
picture image elsewhere external
put configure
reachable public publish expose https
read view
sidebar menu
math mathematics formula latex equation
table csv
workspace team
signin login
signout logout
generate write produce
submit send
rewrite reword rephrase edit
expire runout
core cpu processor
pin top favourite star
invite join register signup
block ban suspend disable deactivate lock
verbose detail level debug
maximum limit largest size
email mail address
language translation locale
again retry repeat
protect safeguard backup
hide show toggle collapse
documentation docs manual handbook help
permission right role scope
macos mac apple
try test experiment
"""


def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _LINES.strip().splitlines():
        group = frozenset(stem(word) for word in tokens(line))
        for word in group:
            found[word] = found.get(word, frozenset()) | group
    return found


SYNONYMS: Final = _groups()
"""For a stem, the stems that mean nearly the same; itself among them."""

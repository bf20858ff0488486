"""Secrets: one master key, an envelope around each value, and logs that never show one."""

from .box import SecretBox as SecretBox
from .master import MasterKey as MasterKey
from .master import MasterKeyError as MasterKeyError

"""Storage: types, tables, guarded statements, and the two ways to use them."""

from .database import Database as Database
from .database import Params as Params
from .database import Read as Read
from .database import Write as Write
from .policy import Guard as Guard
from .policy import access as access
from .policy import own as own
from .statements import Statement as Statement
from .statements import UnguardedStatement as UnguardedStatement
from .statements import change as change
from .statements import rows as rows
from .tables import Tables as Tables
from .tables import owner_of as owner_of
from .types import BigInteger as BigInteger
from .types import Boolean as Boolean
from .types import Float as Float
from .types import Id as Id
from .types import Integer as Integer
from .types import Json as Json
from .types import LargeBinary as LargeBinary
from .types import Text as Text
from .types import Time as Time
from .types import name_key as name_key
from .types import now as now

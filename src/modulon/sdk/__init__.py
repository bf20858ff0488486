"""The contract between Modulon and its modules: one line on each name. Nothing else may be relied upon."""

# A module and what it declares.
from .context import Context as Context  # everything a handler may reach, bound to who acts
from .context import Log as Log  # structured log lines
from .errors import NOT_JSON as NOT_JSON  # what decoding strangers' JSON raises
from .errors import Conflict as Conflict  # look at the present state and decide again
from .errors import Denied as Denied  # seen but not allowed
from .errors import Invalid as Invalid  # the caller must correct the request
from .errors import NotFound as NotFound  # absent, or not yours: the same answer
from .errors import Problem as Problem  # base of every expected failure
from .errors import Stale as Stale  # changed by someone else in between
from .errors import StorageFull as StorageFull  # the operator must free space
from .errors import TooLarge as TooLarge  # send less
from .errors import TooMany as TooMany  # wait
from .errors import Unauthenticated as Unauthenticated  # say who you are
from .errors import Unavailable as Unavailable  # the operator must act, or time pass
from .errors import UpstreamFailed as UpstreamFailed  # another service failed

# Facts in the log.
from .eventlog import Events as Events  # the log and its consumers, for administrators
from .events import Delivery as Delivery  # where an event stands in the log
from .events import Event as Event  # base of every event

# Places where other modules join in.
from .filters import Filter as Filter  # one link of a chain
from .filters import FilterPoint as FilterPoint  # a named chain around an action

# Leaving the machine.
from .http import Allowed as Allowed  # an exact private host and port an admin approved
from .http import HttpClient as HttpClient  # the one way out, with the address guard
from .http import HttpResponse as HttpResponse  # its answer

# Who acts.
from .identity import Connection as Connection  # how the caller is connected
from .identity import Identity as Identity  # people, sessions, keys and workspaces
from .identity import Principal as Principal  # subject, user, workspace, scopes
from .identity import Role as Role  # viewer, editor, manager
from .ids import new_id as new_id  # a UUIDv7

# Models.
from .inference import BuiltInProvider as BuiltInProvider  # the extension point for models a module brings with it
from .inference import ModelProvider as ModelProvider  # the extension point that speaks a wire format
from .manifest import Manifest as Manifest  # module.toml, validated
from .module import Module as Module  # collects routes, handlers, services, hooks
from .modules import Modules as Modules  # the modules of this installation and their switches
from .modules import ModuleSwitched as ModuleSwitched  # one of them was enabled, disabled or updated
from .money import Money as Money  # an exact amount of a currency
from .names import Shown as Shown  # makes a field of a request a name as people may be shown it
from .names import hides_something as hides_something  # whether a text has signs that nobody sees
from .names import shown_name as shown_name  # one line without signs that nobody sees
from .permissions import Policy as Policy  # who may call a route
from .routes import Largest as Largest  # a body larger than those of other routes
from .routes import Route as Route  # one HTTP route
from .secrets import Place as Place  # where a secret stands
from .secrets import Secrets as Secrets  # seal and open
from .settings import ModuleSettings as ModuleSettings  # settings as a pydantic model
from .settings import Secret as Secret  # a settings field kept in the vault

# Rows. The rest (types, statements, guards) is in `modulon.sdk.storage`.
from .storage import Database as Database  # read a snapshot, write one unit
from .storage import Read as Read  # a snapshot
from .storage import Tables as Tables  # a module's tables and who owns their rows
from .storage import Write as Write  # one unit of work

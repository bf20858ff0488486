"""The testing kit: call an application without sockets, fake a model, probe events."""

from .client import Client as Client
from .client import Reply as Reply
from .loopback import Loopback as Loopback
from .models import ScriptedModel as ScriptedModel
from .probe import EventProbe as EventProbe

"""The testing kit: call an application without sockets, fake a model, probe events."""

from .client import Client as Client
from .client import Reply as Reply
from .models import ScriptedModel as ScriptedModel
from .probe import EventProbe as EventProbe

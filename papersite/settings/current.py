"""The configuration of this process, read once from its environment."""

import os

from papersite.settings.environment import configuration

CONFIGURATION = configuration(os.environ)

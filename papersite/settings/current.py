"""What the environment of this process says, read once."""

import os

from papersite.settings.environment import configuration

CONFIGURATION = configuration(os.environ)

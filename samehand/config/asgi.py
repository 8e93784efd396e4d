"""What the web server runs."""

import os
import warnings

from django.core.asgi import get_asgi_application

from samehand.config.limits import limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samehand.config.settings")
# WhiteNoise hands its files over as plain iterators; they are small, and Django reads them in a thread.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
application = limited(get_asgi_application())

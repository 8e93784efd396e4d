"""Setting a phone up: steps for its menus and the operator's values, as a sheet, a profile, an SMS, plain words."""

from samehand.guide.setup.making import TITLES, Setup, setup_of, setup_of_skin
from samehand.guide.setup.profile import CONTENT_TYPE, NoProfile, NotSigned, profile
from samehand.guide.setup.telling import Sms, sms, text, text_of

__all__ = [
    "CONTENT_TYPE",
    "TITLES",
    "NoProfile",
    "NotSigned",
    "Setup",
    "Sms",
    "profile",
    "setup_of",
    "setup_of_skin",
    "sms",
    "text",
    "text_of",
]

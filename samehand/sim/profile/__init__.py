"""A profile: a made-up operator, or the own one fitted from history, in one JSON file."""

from samehand.sim.profile.files import EXAMPLES, check_profile, profile_json, read_profile
from samehand.sim.profile.values import Profile, mean_exchange

__all__ = ["EXAMPLES", "Profile", "check_profile", "mean_exchange", "profile_json", "read_profile"]

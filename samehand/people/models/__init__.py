"""Who is there: customers and the addresses they write from, staff, shifts, and the desk's hours."""

from samehand.people.models.addresses import SendingAddress
from samehand.people.models.customers import ContactPoint, Customer
from samehand.people.models.duty import Shift
from samehand.people.models.hours import ServiceHours, SpecialDay, daily_eight_to_ten
from samehand.people.models.staff import Language, Role, Skill, Staff, StaffManager

__all__ = [
    "ContactPoint",
    "Customer",
    "Language",
    "Role",
    "SendingAddress",
    "ServiceHours",
    "Shift",
    "Skill",
    "SpecialDay",
    "Staff",
    "StaffManager",
    "daily_eight_to_ten",
]

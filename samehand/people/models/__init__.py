"""Who is there: customers and the addresses they write from, staff, shifts, the desk's hours, and notices."""

from samehand.people.models.addresses import SendingAddress
from samehand.people.models.customers import ContactPoint, Customer
from samehand.people.models.duty import Absence, AbsenceKind, Break, Shift, WeekTemplate
from samehand.people.models.hours import ServiceHours, SpecialDay, daily_eight_to_ten
from samehand.people.models.notices import Notice, NoticeKind
from samehand.people.models.staff import Language, Role, Skill, Staff, StaffManager, Tongue, tongues_of_the_house

__all__ = [
    "Absence",
    "AbsenceKind",
    "Break",
    "ContactPoint",
    "Customer",
    "Language",
    "Notice",
    "NoticeKind",
    "Role",
    "SendingAddress",
    "ServiceHours",
    "Shift",
    "Skill",
    "SpecialDay",
    "Staff",
    "StaffManager",
    "Tongue",
    "WeekTemplate",
    "daily_eight_to_ten",
    "tongues_of_the_house",
]

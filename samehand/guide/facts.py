"""The facts of the operator that articles fill in. The defaults are those of the made-up operator Fala Mobile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samehand.guide.models import OperatorFact
from samehand.people.queries import promised_within, terms


@dataclass(frozen=True, slots=True)
class FactKind:
    """A fact by its key: what it is, and what it is as long as nobody says otherwise."""

    key: str
    about: str | Promise
    pl: str
    en: str

    def default(self, language: str) -> str:
        return self.en if language == "en" else self.pl


def _same(key: str, about: str | Promise, value: str) -> FactKind:
    return FactKind(key, about, value, value)


KINDS: tuple[FactKind, ...] = (
    _same("operator", _("The operator's name."), settings.OPERATOR),
    _same("website", _("The address of the operator's site, as one says it."), "fala.example"),
    FactKind(
        "account", _("The page where customers see to their numbers: its name and address."),
        "Moja Fala (moja.fala.example)", "My Fala (moja.fala.example)",
    ),
    FactKind("app", _("The name of the app."), "Moja Fala", "My Fala"),
    _same("email", _("The address that customers write to."), settings.ADDRESS),
    _same("hotline", _("The number of the hotline within the country."), "*200"),
    _same("hotline_abroad", _("The number of the hotline from abroad."), "+48 000 200 200"),
    FactKind(
        "hotline_hours", _("When somebody answers the hotline."),
        "w dni robocze 8:00–20:00", "on working days from 8 am to 8 pm",
    ),
    _same(
        "letters", _("Where letters go, on one line."), "Fala Mobile, ul. Portowa 7, 80-001 Gdańsk, skrytka pocztowa 12"
    ),
    _same("voicemail", _("The number that plays messages."), "*222"),
    _same("voicemail_abroad", _("The number that plays messages abroad."), "+48 000 200 222"),
    _same("balance_code", _("What shows the balance."), "*100#"),
    _same("number_code", _("What shows one's own number."), "*101#"),
    _same("apn", _("The access point for the internet."), "internet"),
    FactKind("apn_user", _("The user name of the access point."), "zostaw puste", "leave empty"),
    FactKind("apn_password", _("The password of the access point."), "zostaw puste", "leave empty"),
    _same("mmsc", _("The address of the MMS centre."), "http://mms.fala.example"),
    _same("mms_proxy", _("The proxy for MMS."), "10.10.0.80"),
    _same("mms_port", _("The port of the proxy for MMS."), "8080"),
    _same("mms_apn", _("The access point for MMS."), "mms"),
    _same("smsc", _("The number of the SMS centre."), "+48 000 200 900"),
    _same("network", _("The network whose masts are used."), "Plus"),
    _same("mcc", _("The code of the country."), "260"),
    _same("mnc", _("The code of the network."), "01"),
    _same("mvno_plmn_name", _("The name that the phone shows for the network."), "Fala"),
    FactKind("sim_fee", _("What a new SIM card costs."), "25 zł", "PLN 25"),
    FactKind("sim_validity", _("How long a prepaid number is valid after a top-up."), "365 dni", "365 days"),
    FactKind("number_kept", _("How long a number is kept after it expired."), "90 dni", "90 days"),
    FactKind("port_in_time", _("How long moving a number takes."), "1 dzień roboczy", "1 working day"),
    FactKind("topup_minimum", _("The smallest top-up."), "5 zł", "PLN 5"),
    FactKind("invoice_day", _("When invoices are made."), "5. dzień miesiąca", "the 5th of the month"),
    FactKind("points_name", _("What the points are called."), "Punkty Fali", "Fala Points"),
    FactKind("promise", _("Within which time customers are answered."), "30 minut", "30 minutes"),
    _same("roaming_code", _("What switches roaming on."), "*102*1#"),
    FactKind("complaint_days", _("Within which time a complaint is answered."), "30 dni", "30 days"),
)  # fmt: skip
KEYS = frozenset(kind.key for kind in KINDS)


def values(language: str, at: datetime | None = None) -> dict[str, str]:
    """Every fact in this language: the operator's own word, or the default. A page that is read says `at`: then the
    promise is that of the moment, which a notice may have made longer."""
    own = dict(OperatorFact.objects.values_list("key", "values"))
    said = {kind.key: (own.get(kind.key) or {}).get(language) or kind.default(language) for kind in KINDS}
    if "promise" in own:
        return said
    within = promised_within(at) if at else terms().promise
    return said | {"promise": _promised(within // timedelta(minutes=1), language)}


def _promised(minutes: int, language: str) -> str:
    """As it stands after "within": the desk's own promise, so that articles never promise another one."""
    words = {"en": ("minute", "minutes")}.get(language, ("minuty", "minut"))
    return f"{minutes} {words[minutes != 1]}"

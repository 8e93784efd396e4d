"""The topics of a mobile operator's customers, and the beginnings of the words by which each is known.

A stem is folded to ASCII; one with an exclamation mark all but names its topic. Whoever adds a topic adds a line.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    skill: str
    pl: str
    en: str
    stems: str


TOPICS: dict[str, Words] = {
    "sim-lost-stolen": Words(
        "general", "Zgubiona albo skradziona karta SIM", "SIM card lost or stolen",
        "zgub! ukrad! ukradl! ukradz! skradz! kradziez! zagin kieszon zablok blokad stolen! lost! theft! "
        "block kart telefon",
    ),
    "sim-replace": Words(
        "general", "Wymiana karty SIM", "Replacing the SIM card",
        "wymian wymieni! uszkodzon! zniszcz zlaman pekn nowa duplik kart sim replace! broken damaged "
        "kosztuj",
    ),
    "sim-unblock-after-found": Words(
        "general", "Odblokowanie po odnalezieniu telefonu", "Unblocking after the phone is found",
        "odblok! znalaz! znalez! odnalaz! odnalez! odzyska unblock! found",
    ),
    "phone-imei-block": Words(
        "general", "Blokada telefonu po IMEI", "Blocking a phone by IMEI",
        "imei! policj! zaswiadcz kradziez blokad police",
    ),
    "pin-forgotten": Words(
        "technical", "Zapomniany PIN", "Forgotten PIN",
        "pin! pinu! pinem! zapomn pamiet forgot kod",
    ),
    "puk-needed": Words(
        "technical", "Kod PUK", "PUK code",
        "puk! puku! puck! zablokowan kod zapodzial",
    ),
    "sim-size": Words(
        "technical", "Rozmiar karty SIM", "SIM size",
        "rozmiar! micro! mikro! nano! mini pasuj! wycia duza slot! adapter size! fit",
    ),
    "esim-activate": Words(
        "technical", "Uruchomienie eSIM", "Activating an eSIM",
        "esim! qr! e-sim profil uruchom",
    ),
    "sim-not-detected": Words(
        "technical", "Telefon nie widzi karty", "Phone does not detect the SIM",
        "widzi! wykryw! rozpozna! wlozon! wloz pokazuj brak kart detect! recogni insert",
    ),
    "activate-new-sim": Words(
        "general", "Aktywacja nowej karty", "Activating a new SIM",
        "aktyw! przyszla! nowa nowej startow activat! starter kurier kart",
    ),
    "register-prepaid": Words(
        "general", "Rejestracja numeru na kartę", "Registering a prepaid number",
        "rejestrac! zarejestrow dowod! dokument tozsam prepaid! obowiaz podac id regist",
    ),
    "registration-check": Words(
        "general", "Czy numer jest zarejestrowany", "Is the number registered",
        "zarejestrow! sprawdz zarejestrowan! registered!",
    ),
    "port-in": Words(
        "porting", "Przeniesienie numeru do nas", "Porting a number in",
        "przenies! przenosz! przejsc! przyjsc! was sieci zachow! obecn dotychczas porting! port keep switch "
        "innej",
    ),
    "port-in-status": Words(
        "porting", "Na jakim etapie jest przeniesienie", "Status of the porting",
        "przenosin! status! etap! przenies przenosz wniosk kiedy porting trwa przenoszen progress",
    ),
    "port-in-rejected": Words(
        "porting", "Odrzucony wniosek o przeniesienie", "Porting request rejected",
        "odrzuc! odmow! odmowil! zgadz! stary przenies wnios dotychczas rejected! refused! porting",
    ),
    "port-out": Words(
        "porting", "Przeniesienie numeru do innej sieci", "Porting out",
        "zabrac! odejsc! odchodz! operator innego innej przenies opusc leave pac! leaving",
    ),
    "temporary-number": Words(
        "porting", "Numer tymczasowy", "Temporary number",
        "tymczas! zastepcz! temporary!",
    ),
    "change-number": Words(
        "general", "Zmiana numeru telefonu", "Changing the phone number",
        "zmian zmieni numer nr inny nowy change number",
    ),
    "ownership-transfer": Words(
        "general", "Cesja numeru", "Transfer of ownership",
        "cesj! przepis! przepisa! wlasciciel! mamy mnie ownership! transfer osobe",
    ),
    "inherit-number": Words(
        "general", "Numer po zmarłym", "Number of a deceased subscriber",
        "zmarl! smierc! smierci! spadek spadk zgon! umarl deceased! died! death! wlasciciel",
    ),
    "change-personal-data": Words(
        "general", "Zmiana nazwiska, adresu, e-maila", "Change of name, address or e-mail",
        "nazwisk! slub! slubie! adres przeprowadz! zameld danych zmian mail surname! moved! married! zmieni",
    ),
    "cancel-contract": Words(
        "general", "Wypowiedzenie umowy", "Cancelling the contract",
        "wypowied! wypowiedz! rezygn! rozwiaz umow zakoncz cancel! terminat! contract okres",
    ),
    "withdraw-14-days": Words(
        "general", "Odstąpienie w ciągu 14 dni", "Withdrawal within 14 days",
        "odstap! rozmysl! 14 dni zwrot internet kupil withdraw! cooling odeslac zwroci",
    ),
    "complaint": Words(
        "general", "Reklamacja", "Complaint",
        "reklam! reklama! skarg! skladam zlozyc zlozyl odwolan complain! zazalen",
    ),
    "invoice-get": Words(
        "billing", "Faktura", "Invoice",
        "faktur! rachun! nip! firm! firme! duplikat nabywc koryg invoice! vat! receipt paragon",
    ),
    "billing-itemised": Words(
        "billing", "Biling połączeń", "Itemised bill",
        "biling! billing! wykaz! szczegol zestawien itemised! itemized! wyszczegol",
    ),
    "balance-check": Words(
        "billing", "Stan konta i pakietu", "Balance and bundle",
        "stan! saldo! zostal! zostalo! ile gigabaj pozost srodk balance! left sprawdz remaining",
    ),
    "topup-how": Words(
        "billing", "Jak doładować konto", "How to top up",
        "doladow blik! przelew neta zdrapk kod jak top topup recharge",
    ),
    "topup-missing": Words(
        "billing", "Doładowanie nie dotarło", "Top-up did not arrive",
        "doladow doladowal! zaksieg! zaksiegow! dotarl! zaplac! srodk wplat! konto nie topped! credited! "
        "balance kwot przelal pieniadz",
    ),
    "topup-auto": Words(
        "billing", "Doładowania automatyczne", "Automatic top-ups",
        "autodolad! automat! cykl! platnicz! karta wylacz doladow automatic! recurring!",
    ),
    "topup-other-number": Words(
        "billing", "Doładowanie cudzego numeru", "Topping up another number",
        "corc! synow! mamie! komus! babci! cudz! dzieck doladow someone doladowac",
    ),
    "topup-wrong-number": Words(
        "billing", "Doładowany zły numer", "Topped up the wrong number",
        "zly! zlego! pomyl! pomylk! blednie! omylk! doladow zwrot kasy wrong! mistake! numer",
    ),
    "topup-validity": Words(
        "billing", "Ważność doładowania i konta", "Validity of the top-up",
        "wazn! waznosc! kiedy! dzwonic doladow doladowaniu! przedluz! valid! expire konta",
    ),
    "account-expired": Words(
        "billing", "Numer wygasł", "Number expired",
        "wygasl! odzysk! nieaktywn! przywroc! expired! recover! numer stracil",
    ),
    "bundle-end": Words(
        "billing", "Po wykorzystaniu pakietu", "After the bundle is used up",
        "skonczyl! wykorzyst! wyczerp! dalej kosztuj pakiet ile used! exhausted bundle",
    ),
    "tariff-change": Words(
        "general", "Zmiana taryfy lub planu", "Changing the tariff",
        "taryf! plan! planu! abonament! ofert! zmian zmana zmieni tariff! tariffs! wchodzi zycie offer",
    ),
    "data-addon": Words(
        "billing", "Dokupienie internetu", "Buying extra data",
        "dokup! dokupi! zabrakl! dodatkow! danych internet pakiet gb extra! addon! more",
    ),
    "data-share": Words(
        "technical", "Dzielenie się gigabajtami", "Sharing gigabytes",
        "przesl! przeslac! dziel! podziel! znajom! oddac gb gigabaj share! gift friend",
    ),
    "apn-android": Words(
        "technical", "Internet (APN) w Androidzie", "APN on Android",
        "android! samsung! xiaomi! motorol! huawei! realme! oppo! pixel! apn ustawien netem laczy konfig "
        "internet settings",
    ),
    "apn-iphone": Words(
        "technical", "Internet (APN) w iPhonie", "APN on iPhone",
        "iphon! ios! apple! apn konfig ustawien internet settings",
    ),
    "apn-blackberry": Words(
        "technical", "BlackBerry", "BlackBerry",
        "blackb! blackberr! ustaw internet poczt",
    ),
    "apn-other": Words(
        "technical", "Internet (APN) w innych urządzeniach", "APN in other devices",
        "modem! router! punkt dostep! apn! apnu ustawien lte internet windows! nokia! settings handset "
        "konfig aparat",
    ),
    "no-internet": Words(
        "technical", "Nie działa internet", "No mobile data",
        "internet! dziala transmis! stron! otwier! otwieraj! netu! mobile data stopped! polaczen dane "
        "danych laduj wczoraj brak",
    ),
    "slow-internet": Words(
        "technical", "Wolny internet", "Slow internet",
        "woln! wolno! wolny! zwolni! zwolnil! muli! zamul! predkosc! transfer slow! speed! lejek",
    ),
    "no-signal": Words(
        "technical", "Brak zasięgu", "No signal",
        "zasieg! zasiegu! kresek! kresk! sygnal! brak signal! reception! sieci slab coverage",
    ),
    "coverage-map": Words(
        "technical", "Mapa zasięgu", "Coverage map",
        "map! mapa! mapk! 5g! 4g! zasieg coverage miejscow",
    ),
    "outage": Words(
        "technical", "Awaria sieci", "Network outage",
        "awari! awarii! przerw! prace usterk! outage! wszyscy down! dziala nic",
    ),
    "cannot-call": Words(
        "technical", "Nie można dzwonić", "Cannot make calls",
        "dzwonic! zadzwon! wykon! moge polaczen wychodz! srodki call! calls outgoing!",
    ),
    "cannot-receive": Words(
        "technical", "Nikt nie może się dodzwonić", "Cannot receive calls",
        "dodzwon! wylaczon! przychodz! znajomi nikt odbier receive! incoming! reach",
    ),
    "poor-call-quality": Words(
        "technical", "Zrywane połączenia, słaba jakość", "Dropped calls, poor quality",
        "zryw! zrywa! rozlacz! urywa! urywaj! echo! trzeszcz! jakosc! slych! slysz! dropped! quality! "
        "polaczen",
    ),
    "sms-not-sent": Words(
        "technical", "SMS-y nie wychodzą", "Texts cannot be sent",
        "sms smsa! smsow! esemes! wyslac! wysyla centrum! wychodz wiadomosc text! texts messages send",
    ),
    "mms-settings": Words(
        "technical", "Ustawienia MMS", "MMS settings",
        "mms! mmsa! mmsy! mms-y konfig wysyla zdjec ustawien picture",
    ),
    "sms-delivery-report": Words(
        "technical", "Raport doręczenia SMS", "Delivery report",
        "raport! dorecz! doszedl! doszla! potwierdz report! delivered! sms",
    ),
    "voicemail-setup": Words(
        "technical", "Poczta głosowa", "Voicemail",
        "poczta! poczte! glosow! glosowa! odsluch! nagran sekretark! voicemail! powitan",
    ),
    "voicemail-off": Words(
        "technical", "Wyłączenie poczty głosowej", "Turning voicemail off",
        "glosow! glosowych! wylacz poczt poczty zostaw! zostawia! wiadomosc voicemail disable! deactivate "
        "turn off",
    ),
    "call-forward": Words(
        "technical", "Przekierowanie połączeń", "Call forwarding",
        "przekier! przekierow! gwiazdk! forward! divert! 21 kod",
    ),
    "caller-id-hide": Words(
        "technical", "Ukrywanie numeru", "Hiding the number",
        "zastrzezonego! ukry! ukryty! ukryc! anonim! hide! clir! withheld! dzwonic dzwoni prywatn "
        "zastrzezonego!",
    ),
    "block-caller": Words(
        "technical", "Blokowanie niechcianych numerów", "Blocking unwanted callers",
        "spam! niechc! natret! nekaj! telemark! zablok blok polaczen unwanted! harass! czarn",
    ),
    "premium-block": Words(
        "billing", "Blokada usług premium", "Blocking premium services",
        "platne! platnych! premium! smsy zablok blokad uslug wylacz kase subskryp! block services zjada",
    ),
    "premium-charged": Words(
        "billing", "Naliczony płatny SMS", "Charged for a premium SMS",
        "sciagl! sciagn! naliczon! naliczy! pobra! pobran! obciaz! premium sms charged! charge oplat kwot "
        "konkurs",
    ),
    "wifi-calling": Words(
        "technical", "Wi-Fi Calling", "Wi-Fi calling",
        "wifi! wi-fi fi domowe! vowifi! dzwonienie bez zasiegu calling",
    ),
    "volte": Words(
        "technical", "VoLTE", "VoLTE",
        "volte! vo-lte wlacz rozmow lte",
    ),
    "roaming-on": Words(
        "technical", "Włączenie roamingu", "Turning roaming on",
        "jade! jedzie! lece! lec! wyjezdz! wyjazd! chorwacj! wakacj! urlop! roaming wlacz wlaczyc going "
        "trip travel! granice activate",
    ),
    "roaming-eu-limits": Words(
        "billing", "Limity i ceny w roamingu UE", "Roaming in the EU",
        "ue! unii! eu! europ! limit! limitow roaming romaing naliczon oplat zrozum danych fee charged",
    ),
    "roaming-outside-eu": Words(
        "billing", "Roaming poza Unią", "Roaming outside the EU",
        "turcj! egip! usa! szwajcar! ukrain! brytan! albani! tunezj! poza unia minut! roaming zaplac "
        "kosztuj turkey! switzerland! outside!",
    ),
    "roaming-no-network": Words(
        "technical", "Brak sieci za granicą", "No network abroad",
        "granic! granica! loguj! zaloguj sieci brak wybor! reczn! roaming abroad! za network",
    ),
    "international-calls": Words(
        "billing", "Połączenia międzynarodowe", "International calls",
        "miedzynarod! angli! niemiec! niemc! zagranic! dzwonien kosztuj minut polski international! ile "
        "abroad stawk",
    ),
    "emergency-112": Words(
        "technical", "Połączenia alarmowe", "Emergency calls",
        "112! alarm! ratunk! emergency! pogotow bez",
    ),
    "points-earn": Words(
        "general", "Punkty za polecenie", "Points for referrals",
        "polec! polecil! polecen! zaprosz! punkt koledz! zdoby refer! earn! points",
    ),
    "points-spend": Words(
        "general", "Wymiana punktów", "Spending points",
        "punkt! punkty! wymienic! wymien! wymiana nagrod darmow exchange! redeem! spend! points doladow",
    ),
    "points-missing": Words(
        "general", "Brakujące punkty", "Missing points",
        "punktow! punkt brak! naliczon! linku! link! zarejestrowal! missing! points polecen",
    ),
    "points-expiry": Words(
        "general", "Ważność punktów", "Expiry of points",
        "punkty! punkt wygasaj! wygas przepad! wazn expir! points kiedy",
    ),
    "account-login": Words(
        "technical", "Nie można się zalogować", "Cannot log in",
        "zalog! logow! haslo! hasla! panel! panelu! password! login! log moje konto",
    ),
    "app-problem": Words(
        "technical", "Problem z aplikacją", "Problem with the app",
        "aplikacj! apka! apki! apke! app! biala! ekran! zawiesz blad bledu crash! strona",
    ),
    "many-numbers": Words(
        "general", "Kilka numerów na koncie", "Several numbers in one account",
        "kilka! dodac! dodaj! numery! syna! zony! jednym! koncie konta drugi! several! add! numer",
    ),
    "gdpr-data": Words(
        "general", "Kopia lub usunięcie danych (RODO)", "Copy or erasure of data",
        "rodo! gdpr! usun! usunie! usuniec! danych kopi! osobow! erasure! personal! przetwarz",
    ),
    "call-recording": Words(
        "general", "Nagranie rozmowy", "Recording of a call",
        "nagran! nagrani! nagranie! rozmow! konsultant udostep! odsluch recording! recorded! oddzwoni",
    ),
    "contact": Words(
        "general", "Jak się skontaktować", "How to contact us",
        "kontakt! infolin! skontakt! czlowiek telefonu godzin konsultant contact! hotline!",
    ),
    "letter-post": Words(
        "general", "Korespondencja listowna", "Contact by post",
        "list! listown! polecony! koresponden! wyslac adres letter! post pismo pisem",
    ),
    "pesel-blocked": Words(
        "general", "Zastrzeżony PESEL a karta", "Blocked PESEL",
        "pesel! zastrzez! zastrzezon! wymian",
    ),
    "sim-swap-fraud": Words(
        "general", "Ktoś wyrobił duplikat mojej karty", "SIM-swap fraud",
        "duplikat! oszust! oszus! bank! banku! czysci! wyrobil! stracil! nagle! swap! fraud! wlama",
    ),
    "bundle-shared-hotspot": Words(
        "technical", "Udostępnianie internetu", "Tethering",
        "hotspot! udostepn! tether! router laptop! dziala telefonie",
    ),
    "second-sim-data": Words(
        "general", "Karta tylko do internetu", "Data-only SIM",
        "tablet! tabletu! drug druga! bez dzwonien! karta karte kamer! second! tylko internet only",
    ),
}  # fmt: skip

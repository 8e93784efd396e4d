"""Marks of mail programs in many languages, and what people write that only looks like one."""

from __future__ import annotations

import pytest

from samehand.core.quotes import Split, split

OWN = "Dziękuję, nadal nie działa.\nProszę o telefon."
OLD = "Hello,\n\nplease turn it off and on.\nAnia"
QUOTED = "\n".join(f"> {line}" for line in OLD.split("\n"))

OVER_QUOTED = [
    ("de gmail", "Am Mo., 2. Nov. 2026 um 09:58 Uhr schrieb Fala Mobile <\nh@fala.example>:"),
    ("de tb", "Am 02.11.26 um 09:58 schrieb Fala Mobile:"),
    ("de tb old", "Am 02.11.2026 09:58, schrieb Fala Mobile:"),
    ("de apple", "Am 02.11.2026 um 09:58 schrieb Fala Mobile <h@fala.example>:"),
    ("fr gmail", "Le lun. 2 nov. 2026 à 09:58, Fala Mobile <h@fala.example> a écrit :"),
    ("fr tb", "Le 02/11/2026 à 09:58, Fala Mobile a écrit :"),
    ("it", "Il giorno lun 2 nov 2026 alle ore 09:58 Fala Mobile <h@fala.example>\nha scritto:"),
    ("it tb", "Il 02/11/2026 09:58, Fala Mobile ha scritto:"),
    ("es", "El lun, 2 nov 2026 a las 9:58, Fala Mobile (<h@fala.example>)\nescribió:"),
    ("pt", "Fala Mobile <h@fala.example> escreveu no dia segunda, 2/11/2026 à(s) 09:58:"),
    ("nl", "Op ma 2 nov. 2026 om 09:58 schreef Fala Mobile <h@fala.example>:"),
    ("da", "Den man. 2. nov. 2026 kl. 09.58 skrev Fala Mobile <h@fala.example>:"),
    ("no", "man. 2. nov. 2026 kl. 09:58 skrev Fala Mobile <h@fala.example>:"),
    ("sv", "Den mån 2 nov. 2026 kl 09:58 skrev Fala Mobile <h@fala.example>:"),
    ("sv tb", "Den 2026-11-02 kl. 09:58, skrev Fala Mobile:"),
    ("fi", "ma 2. marrask. 2026 klo 9.58 Fala Mobile (h@fala.example) kirjoitti:"),
    ("cs", "po 2. 11. 2026 v 9:58 odesílatel Fala Mobile <h@fala.example>\nnapsal:"),
    ("cs tb", "Dne 02. 11. 26 v 9:58 Fala Mobile napsal(a):"),
    ("sk", "po 2. 11. 2026 o 9:58 Fala Mobile <h@fala.example> napísal(a):"),
    ("hu", "Fala Mobile <h@fala.example> ezt írta (időpont: 2026. nov. 2., H, 9:58):"),
    ("ro", "În lun., 2 nov. 2026 la 09:58, Fala Mobile <h@fala.example> a scris:"),
    ("tr", "Fala Mobile <h@fala.example>, 2 Kas 2026 Pzt, 09:58 tarihinde şunu yazdı:"),
    ("ru", "пн, 2 нояб. 2026 г. в 09:58, Fala Mobile <h@fala.example>:"),
    ("ru2", "2 ноября 2026 г. 9:58:12 GMT+03:00, Fala Mobile <h@fala.example> пишет:"),
    ("ru mail.ru", "Понедельник, 2 ноября 2026, 9:58 +03:00 от Fala Mobile <h@fala.example>:"),
    ("uk", "пн, 2 лист. 2026 р. о 09:58 Fala Mobile <h@fala.example> пише:"),
    ("el", "Στις Δευ 2 Νοε 2026 στις 9:58 π.μ., ο χρήστης Fala Mobile <h@fala.example> έγραψε:"),
    ("zh", "Fala Mobile <h@fala.example> 于2026年11月2日周一 09:58写道："),
    ("ja", "2026年11月2日(月) 9:58 Fala Mobile <h@fala.example>:"),
    ("ko", "2026년 11월 2일 (월) 오전 9:58, Fala Mobile <h@fala.example>님이 작성:"),
    ("he", "‫בתאריך יום ב׳, 2 בנוב׳ 2026 ב-9:58 מאת ‪Fala Mobile‬‏ <‪h@fala.example‬‏>:‬"),
    ("vi", "Vào Th 2, 2 thg 11, 2026 vào lúc 09:58 Fala Mobile <h@fala.example> đã viết:"),
    ("id", "Pada tanggal Sen, 2 Nov 2026 pukul 09.58 Fala Mobile <h@fala.example> menulis:"),
    ("en gb", "On Mon, 2 Nov 2026 at 09:58, Fala Mobile <h@fala.example> wrote:"),
    ("en old gmail", "2016/1/5 Fala Mobile <h@fala.example>"),
    ("en old gmail2", "2016-01-05 10:11 GMT+01:00 Fala Mobile <h@fala.example>:"),
    ("en evolution", "On Tue, 2026-11-02 at 09:58 +0100, Fala Mobile wrote:"),
    ("en mutt", "On Mon, Nov 02, 2026 at 09:58:12AM +0100, Fala Mobile wrote:"),
    ("en alpine", "On Mon, 2 Nov 2026, Fala Mobile wrote:"),
    ("en gnus", "Fala Mobile <h@fala.example> writes:"),
    ("en tb plain", "Fala Mobile wrote:"),
    ("en tb2", "Fala Mobile wrote on 2/11/2026 9:58 AM:"),
    ("en sm", "On 2016-11-02 02:22, Fala Mobile wrote:"),
    ("en aol", ("In a message dated 11/2/2026 9:58:12 AM Central European Standard Time,\nh@fala.example writes:")),
    ("en discourse via", "On Mon, Nov 2, 2026 at 9:58 AM, Fala via Meta <h@fala.example> wrote:"),
    ("en yahoo", "--- On Mon, 11/2/26, Fala Mobile <h@fala.example> wrote:"),
    ("en 4 lines", "On Mon, Nov 2, 2026 at 9:58 AM, Fala\nMobile Very Long Name\n<h@fala.example>\nwrote:"),
    ("en no on", "Mon, Nov 2, 2026 at 9:58 AM Fala <h@fala.example> wrote:"),
    ("pl tb zm", "W dniu 2026-11-02 o 09:58, Fala Mobile pisze:"),
    ("pl tb old", "W dniu 02.11.2026 09:58, Fala Mobile pisze:"),
    ("pl uzyt", "Użytkownik Fala Mobile napisał:"),
    ("pl gmail2", "2 listopada 2026 09:58 Fala Mobile <h@fala.example> napisał(a):"),
    ("pl outlook mac", "W dniu 02.11.2026, 09:58, użytkownik „Fala Mobile” <h@fala.example> napisał:"),
    ("pl apple ios", "W dniu 2 lis 2026, o godz. 09:58, użytkownik Fala Mobile <h@fala.example> napisał:"),
    ("pl apple new", "> W dniu 2 lis 2026, o godz. 09:58, Fala Mobile <h@fala.example> napisał:"),
    ("pl mailspring", "lis 2 2026, o 09:58, Fala Mobile <h@fala.example> napisał(a):"),
    ("pl k9", "2 listopada 2026 09:58:12 CET, Fala Mobile <h@fala.example> napisał(a):"),
    ("pl k9b", "Dnia 2 listopada 2026 09:58:12 CET, Fala Mobile <h@fala.example> napisał/a:"),
    ("pl tuta", "2 lis 2026, 09:58 od h@fala.example:"),
    ("pl rc", "W dniu 2026-11-02 09:58, Fala Mobile napisał(a):"),
    ("pl tb3", "Fala Mobile pisze:"),
    ("pl no diac", "W dniu 2 lis 2026 o 09:58 Fala Mobile <h@fala.example> napisal(a):"),
    ("ours", "2 listopada 2026 o 09:58 Jan pisze:"),
]


@pytest.mark.parametrize("mark", [mark for _, mark in OVER_QUOTED], ids=[name for name, _ in OVER_QUOTED])
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["close", "with a blank line"])
def test_what_programs_write_over_quoted_lines_is_folded(mark: str, gap: str) -> None:
    assert split(f"{OWN}{gap}{mark}{gap}{QUOTED}").reply_text == OWN


OVER_BARE = [
    ("orig en", ("-----Original Message-----\nFrom: Fala <h@fala.example>\nSent: Monday\nTo: Jan\nSubject: x")),
    (
        "orig spaces",
        (
            '----- Original Message ----- \nFrom: "Fala" <h@fala.example>\nTo: <jan@x.example>\n'
            "Sent: Monday, November 02, 2026 9:58 AM\nSubject: x"
        ),
    ),
    ("orig pl", "-----Original Message-----\nOd: Fala\nWysłano: 2 listopada 2026\nDo: Jan\nTemat: x"),
    ("orig pl oe", "----- Original Message -----\nFrom: Fala\nTo: jan@x.example\nSent: Monday"),
    ("orig pl oe2", "----- Wiadomość oryginalna -----\nOd: Fala\nDo: jan@x.example"),
    ("reply msg", '----- Reply message -----\nFrom: "Fala" <h@fala.example>\nDate: Mon\nSubject: x\nTo: y'),
    (
        "outlook de",
        ("Von: Fala Mobile <h@fala.example>\nGesendet: Montag, 2. November 2026 09:58\nAn: Jan\nBetreff: AW: x"),
    ),
    (
        "outlook de2",
        (
            "________________________________\nVon: Fala Mobile\n"
            "Gesendet: Montag, 2. November 2026 09:58\nAn: Jan\nBetreff: AW: x"
        ),
    ),
    ("outlook fr", ("De : Fala Mobile <h@fala.example>\nEnvoyé : lundi 2 novembre 2026 09:58\nÀ : Jan\nObjet : RE: x")),
    (
        "outlook es",
        (
            "De: Fala Mobile [mailto:h@fala.example]\n"
            "Enviado el: lunes, 2 de noviembre de 2026 9:58\nPara: Jan\nAsunto: RE: x"
        ),
    ),
    (
        "outlook pt",
        ("De: Fala Mobile\nEnviada em: segunda-feira, 2 de novembro de 2026 09:58\nPara: Jan\nAssunto: RES: x"),
    ),
    ("outlook it", ("Da: Fala Mobile <h@fala.example>\nInviato: lunedì 2 novembre 2026 09:58\nA: Jan\nOggetto: R: x")),
    ("outlook sv", "Från: Fala Mobile\nSkickat: den 2 november 2026 09:58\nTill: Jan\nÄmne: SV: x"),
    ("outlook da", "Fra: Fala Mobile\nSendt: 2. november 2026 09:58\nTil: Jan\nEmne: SV: x"),
    (
        "outlook fi",
        ("Lähettäjä: Fala Mobile\nLähetetty: maanantai 2. marraskuuta 2026 9.58\nVastaanottaja: Jan\nAihe: VS: x"),
    ),
    ("outlook cs", "From: Fala Mobile\nSent: Monday\nTo: Jan\nSubject: x"),
    (
        "outlook cs2",
        ("Od: Fala Mobile <h@fala.example>\nOdesláno: pondělí 2. listopadu 2026 9:58\nKomu: Jan\nPředmět: RE: x"),
    ),
    (
        "outlook ru",
        ("От: Fala Mobile <h@fala.example>\nОтправлено: понедельник, 2 ноября 2026 г. 9:58\nКому: Jan\nТема: RE: x"),
    ),
    (
        "outlook tr",
        ("Kimden: Fala Mobile <h@fala.example>\nGönderildi: 2 Kasım 2026 Pazartesi 09:58\nKime: Jan\nKonu: YNT: x"),
    ),
    ("outlook hu", ("Feladó: Fala Mobile <h@fala.example>\nElküldve: 2026. november 2.\nCímzett: Jan\nTárgy: x")),
    ("outlook zh", "发件人: Fala <h@fala.example>\n发送时间: 2026年11月2日 9:58\n收件人: Jan\n主题: x"),
    ("outlook nl", ("Van: Fala <h@fala.example>\nVerzonden: maandag 2 november 2026 09:58\nAan: Jan\nOnderwerp: x")),
    ("outlook spaced", "From: Fala <h@fala.example>\n\nSent: Monday, November 2, 2026\n\nTo: Jan\n\nSubject: x"),
    (
        "outlook long to",
        (
            "From: Fala <h@fala.example>\nSent: Monday\nTo: Jan <jan@x.example>; Ola\n"
            " <ola@x.example>; Ewa <ewa@x.example>;\n Zofia\nCc: x\nSubject: x"
        ),
    ),
    (
        "outlook pl",
        (
            "Od: Fala Mobile [mailto:h@fala.example]\n"
            "Wysłano: poniedziałek, 2 listopada 2026 09:58\nDo: Jan\nDW: Ola\nTemat: RE: x"
        ),
    ),
    (
        "outlook pl bold",
        ("*Od:* Fala Mobile\n*Wysłano:* poniedziałek, 2 listopada 2026 09:58\n*Do:* Jan\n*Temat:* RE: x"),
    ),
    ("outlook phone", "From: Fala\nDate: Monday, 2 November 2026 at 09:58\nTo: Jan\nSubject: x"),
    (
        "outlook mac pl",
        (
            "Od: Fala Mobile <h@fala.example>\nData: poniedziałek, 2 listopada 2026 09:58\n"
            "Do: Jan <jan@x.example>\nTemat: x"
        ),
    ),
    (
        "gmx",
        (
            'Gesendet: Montag, 02. November 2026 um 09:58 Uhr\nVon: "Fala" <h@fala.example>\n'
            "An: jan@x.example\nBetreff: x"
        ),
    ),
    ("ios fwd", ("Begin forwarded message:\n\nFrom: Fala <h@fala.example>\nSubject: x\nDate: 2 Nov 2026\nTo: Jan")),
    ("lotus", "-----Fala <h@fala.example> wrote: -----"),
    ("lotus2", ("-----Fala Mobile/FALA wrote: -----\nTo: jan@x.example\nFrom: Fala\nDate: 11/02/2026\nSubject: x")),
    (
        "fwd tb",
        ("-------- Forwarded Message --------\nSubject: \tx\nDate: \tMon\nFrom: \tFala <h@fala.example>\nTo: \tJan"),
    ),
    (
        "fwd pl tb",
        (
            "-------- Przekazana wiadomość --------\nTemat: \tx\nData: \tMon\n"
            "Nadawca: \tFala <h@fala.example>\nAdresat: \tJan"
        ),
    ),
    (
        "fwd gmail pl",
        (
            "---------- Forwarded message ---------\nOd: Fala <h@fala.example>\n"
            "Date: pon., 2 lis 2026\nSubject: x\nTo: Jan"
        ),
    ),
    ("unknown rule", ("-------- Zpráva od někoho --------\nOd: Fala <h@fala.example>\nDatum: x\nKomu: y\nPředmět: z")),
    (
        "zimbra pl",
        ('----- Oryginalna wiadomość -----\nOd: "Fala" <h@fala.example>\nDo: "Jan"\nWysłane: poniedziałek\nTemat: x'),
    ),
    ("wp fwd", "---------- Treść przekazanej wiadomości ----------\nOd: Fala"),
    ("hr", (" ------------------------------\n*From:* Fala <h@fala.example>\n*Sent:* x\n*To:* y\n*Subject:* z")),
    ("reply above", "##- Please type your reply above this line -##\n\nFala, 2 Nov:"),
    ("reply above pl", "--- Odpowiedz powyżej tej linii ---"),
    ("gw", '>>> "Fala Mobile" <h@fala.example> 11/2/2026 9:58 AM >>>'),
]


@pytest.mark.parametrize("mark", [mark for _, mark in OVER_BARE], ids=[name for name, _ in OVER_BARE])
def test_what_programs_write_over_an_unmarked_mail_is_folded_with_it(mark: str) -> None:
    found = split(f"{OWN}\n\n{mark}\n\n{OLD}")

    assert (found.reply_text, found.signature) == (OWN, "")


OWN_WORDS = [
    "Dostałem od Was maila:\nTwoje konto zostało zablokowane.\nCo mam robić?",
    "Od: 2 listopada nie działa internet\nDo: dziś nic się nie zmieniło",
    "Od kiedy: wczoraj\nTemat: internet\nData: 2.11",
    "Jadę pociągiem.\nOd: Warszawa\nDo: Kraków\nData: 3.11.2026\nCzy będzie zasięg?",
    "Konsultant 2.11.2026 o 12:30 napisał:\nproszę czekać do jutra.\nCzekam do dziś i nic.",
    "Konsultant dwa dni temu napisał:\n> Proszę czekać do jutra.\n\nCzekam do dziś i nic.",
    "Konsultant dwa dni temu napisał:\n> Proszę czekać do jutra.",
    (
        "Dostałem 2.11.2026 maila z adresu pomoc@fala.example, w którym ktoś pisze:\n"
        "Twoje konto będzie zablokowane.\nCzy to Wy?"
    ),
    "Mam dwa pytania.\n---\nPierwsze: kiedy?\n---\nDrugie: za ile?",
    "Mam listę:\n- pierwszy\n- drugi\n\n* * *\n\nI jeszcze jedno: dziękuję za pomoc w piątek.",
    "Pozdrawiam i czekam na odpowiedź",
    "Pozdrawiam,\nJan\n\nAha, i jeszcze jedno: kiedy będzie faktura?",
    "Proszę o telefon.\n600 100 200",
    "Wysłana z Warszawy karta SIM nie dotarła.",
    "Sent by mistake, sorry.",
    "Wysłałem z mojego konta 30 zł.",
    "Mój numer: 600100200\nPIN: nie pamiętam\nPUK: też nie",
    "Wybieram:\n> opcja A\nbo jest tańsza.",
    "Nie działa.\n\nNr tel.: 600100200\nModel: Nokia\nData zakupu: 2.11.2026",
    "Kod błędu:\n====\nERR 404\n====\nproszę o pomoc w tej sprawie, bo nie mogę wysłać.",
    "Dzień dobry\nJan",
    "Nokia",
    ("Kupiłem to w sklepie -- dwa dni temu.\n--\nI od razu nie działało, a zwrotu nikt nie przyjął.\nCo teraz?"),
    "1) tak\n2) nie\n\nDziękuję\nAnna Nowak",
]


@pytest.mark.parametrize("text", OWN_WORDS, ids=[text.partition("\n")[0][:40] for text in OWN_WORDS])
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    assert split(text) == Split(text)


SIGNED = [
    ("Ok", "Sent from my Verizon Wireless 4G LTE DROID"),
    ("Ok", "Sent from my cell, please excuse any typos."),
    ("Ok", "Wysłano z aplikacji mobilnej WP Poczta"),
    ("Ok", "Wysłane z telefonu"),
    ("Ok", "Wysłane za pomocą aplikacji Poczta Onet"),
    ("Ok", "Wysłane z programu Outlook dla systemu Android<https://a>"),
    ("Ok", "Wysłane z Poczty dla Windows 10"),
    ("Ok", "Wysłano przez Outlook dla systemu Android"),
    ("Ok", "Wysłano z bezpłatnej poczty Proton"),
    ("Ok", "Wysłano z Yahoo Mail na Androidzie"),
    ("Ok", "Wolny od wirusów. www.avast.com <https://www.avast.com/sig>"),
    (
        "Ok",
        (
            "---\n"
            "Ta wiadomość została sprawdzona na obecność wirusów przez oprogramowanie antywirusowe Avast.\n"
            "https://www.avast.com/antivirus"
        ),
    ),
    (
        "Ok",
        (
            "Z wyrazami szacunku,\n\nJan Nowak\nPrezes Zarządu\nABC Sp. z o.o.\n"
            "ul. Prosta 1, 00-001 Warszawa\nNIP: 123-456-78-90\ntel. +48 600 100 200\nwww.abc.example"
        ),
    ),
    (
        "Ok",
        (
            "Pozdrawiam\nJan Nowak\n\n\n"
            "Niniejsza wiadomość e-mail wraz z załącznikami jest poufna i przeznaczona dla adresata."
        ),
    ),
    ("Ok.", "Pozdrawiam serdecznie\nAnna"),
    ("Ok", "Pozdrawiam!\nJ."),
    ("Ok", "pozdrawiam"),
    ("Ok", "POZDRAWIAM\nJAN NOWAK"),
    ("Ok", "Z pozdrowieniami / Best regards\nJan Nowak"),
    ("Ok", "Pozdrawiam / Regards,\nJan Nowak"),
    ("Ok", "--\nPozdrawiam\nJan Nowak"),
    ("Ok", "-- \nJan\n\nCzy mogę prosić?"),
    ("Ok", "Regards,\nJan\nSent from my iPhone"),
]


@pytest.mark.parametrize(("own", "signature"), SIGNED, ids=[signature.split("\n")[0] for _, signature in SIGNED])
def test_what_people_and_phones_write_under_a_letter_is_signature(own: str, signature: str) -> None:
    found = split(f"{own}\n\n{signature}")

    assert (found.reply_text, found.signature) == (own, signature)


NOT_SIGNED = [
    "Here is another email\n\nSent from my desk, is much easier then my mobile phone.",
    "Pozdrawiam wszystkich pracowników i życzę zdrowia",
    "Ok\n\nBest,\nJan",
]


@pytest.mark.parametrize("text", NOT_SIGNED, ids=[text.split("\n")[-1][:40] for text in NOT_SIGNED])
def test_words_that_go_on_are_no_signature(text: str) -> None:
    assert split(text) == Split(text)

"""What mail programs write over a quote and people under a letter, in the languages that we meet."""

from __future__ import annotations

from typing import Final

FROM: Final = "from"
DATE: Final = "date"
TO: Final = "to"
SUBJECT: Final = "subject"
OTHER: Final = "other"

# The names of the fields of a quoted header. A field of one letter counts only under its "From:".
_FIELDS = {
    FROM: """
        from | od | nadawca | von | absender | de | expéditeur | van | afzender | fra | afsender | från | avsändare |
        lähettäjä | da | mittente | remitente | remetente | от | от кого | від | від кого | odesílatel | odosielateľ |
        feladó | de la | kimden | gönderen | από | saatja | nuo | no |
        发件人 | 寄件者 | 寄件人 | 差出人 | 送信者 | 보낸 사람 | 보낸사람
    """,
    DATE: """
        sent | date | wysłano | wyslano | wysłane | data | data wysłania | gesendet | datum | envoyé | date d'envoi |
        envoyé le | verzonden | verzonden op | sendt | dato | skickat | skickades | lähetetty | päivämäärä | päiväys |
        enviado | enviada | enviado el | enviada em | enviado em | fecha | inviato | data invio | отправлено | дата |
        надіслано | odesláno | odoslané | dátum | küldve | elküldve | trimis | gönderildi | gönderilme tarihi |
        tarih | στάλθηκε | ημερομηνία |
        发送时间 | 发送日期 | 日期 | 寄件日期 | 送信日時 | 日付 | 日時 | 보낸 날짜 | 날짜
    """,
    TO: """
        to | do | adresat | an | à | a | aan | til | till | para | кому | komu | pro | címzett | către | kime | προς |
        vastaanottaja | destinatario | destinataire | 收件人 | 收件者 | 宛先 | 받는 사람 | 받는사람
    """,
    SUBJECT: """
        subject | temat | betreff | objet | sujet | onderwerp | emne | ämne | aihe | asunto | assunto | oggetto |
        тема | předmět | predmet | tárgy | subiect | konu | θέμα | 主题 | 主旨 | 件名 | 제목
    """,
    OTHER: """
        cc | bcc | dw | udw | kopia | kopie | ukryta kopia | copie à | kopi | kopio | копия | копія | reply-to |
        odpowiedz do | odpowiedź do | antwort an | importance | ważność | priority | priorytet | attachments |
        załączniki | organization | message-id | newsgroups | 抄送 | 副本 | 참조
    """,
}
FIELDS: dict[str, str] = {
    name.strip(): kind for kind, names in _FIELDS.items() for name in names.replace("\n", " ").split("|")
}
LONGEST_FIELD = max(map(len, FIELDS))

# Between rules: "-----Original Message-----".
ORIGINAL = (
    "original message", "original appointment", "original email", "original mail", "reply message",
    "message transferred", "forwarded message", "forwarded by", "forwarded mail", "begin forwarded message",
    "end forwarded message", "oryginalna wiadomość", "wiadomość oryginalna", "oryginalna wiadomosc",
    "wiadomosc oryginalna", "treść oryginalnej wiadomości", "tresc oryginalnej wiadomosci",
    "treść przekazanej wiadomości", "wiadomość pierwotna", "tresc przekazanej wiadomosci", "przekazana wiadomość",
    "wiadomość przekazana", "przesłana wiadomość", "wiadomość przesłana dalej", "przesłana dalej wiadomość",
    "treść przesłanej wiadomości", "przesyłana wiadomość", "przekazywana wiadomość", "oryginalne spotkanie",
    "wiadomość źródłowa", "ursprüngliche nachricht", "ursprungliche nachricht", "urspruengliche nachricht",
    "original-nachricht", "originalnachricht", "weitergeleitete nachricht", "ursprünglicher termin",
    "message original", "message d'origine", "message d’origine", "message transféré", "message initial",
    "courriel original", "oorspronkelijk bericht", "origineel bericht", "doorgestuurd bericht",
    "oprindelig meddelelse", "original meddelelse", "opprinnelig melding", "videresendt meddelelse",
    "videresendt melding", "ursprungligt meddelande", "originalmeddelande", "vidarebefordrat meddelande",
    "alkuperäinen viesti", "välitetty viesti", "mensaje original", "mensaje reenviado", "mensagem original",
    "mensagem encaminhada", "messaggio originale", "messaggio inoltrato", "původní zpráva", "původní e-mail",
    "přeposlaná zpráva", "pôvodná správa", "preposlaná správa", "eredeti üzenet", "továbbított üzenet",
    "mesaj original", "mesajul original", "özgün ileti", "orijinal mesaj", "исходное сообщение",
    "пересылаемое сообщение", "пересланное сообщение", "оригинал сообщения", "перенаправленное сообщение",
    "вихідне повідомлення", "початкове повідомлення", "переслане повідомлення",
    "原始邮件", "原始郵件", "转发的邮件", "元のメッセージ",
    "転送メッセージ", "원본 메시지", "원본 메일", "전달된 메시지", "αρχικό μήνυμα",
)  # fmt: skip
ANSWER_ABOVE = (
    "reply above this line", "type your reply above", "write above this line", "reply above the line",
    "please reply above", "odpowiedz powyżej tej linii", "odpowiedz powyżej", "napisz odpowiedź powyżej",
    "odpowiedź wpisz powyżej", "pisz nad tą linią", "odpowiadaj powyżej",
)  # fmt: skip
# Without rules, with a colon and a quoted header under it.
FORWARDS = (
    "begin forwarded message:", "początek przekazywanej wiadomości:", "początek przekazanej wiadomości:",
    "początek wiadomości przekazanej:", "anfang der weitergeleiteten nachricht:",
    "anfang der weitergeleiteten e-mail:", "début du message transféré", "début du message réexpédié",
    "début de message transféré", "inizio messaggio inoltrato:", "inizio del messaggio inoltrato:",
    "inicio del mensaje reenviado:", "início da mensagem encaminhada:", "begin doorgestuurd bericht:",
    "start på videresendt besked:", "start på videresendt melding:", "videresendt besked:", "vidarebefordrat brev:",
    "välitetty viesti alkaa:", "začátek přeposílané zprávy:", "začiatok preposlanej správy:",
    "далее пересланное сообщение:", "начало переадресованного сообщения:", "początek przesłanej dalej wiadomości:",
    "przekazana wiadomość:", "перенаправлене повідомлення:",
)  # fmt: skip
# "Somebody wrote": as words of the lower-case line.
WROTE = (
    "wrote", "writes", "napisał", "napisała", "napisal", "napisala", "napisali", "napisano", "pisze", "pisał",
    "pisała", "napisał/a", "napisałeś", "napisałaś", "odpisał", "schrieb", "schrieben", "geschrieben", "schreibt",
    "écrit", "ecrit", "écrivait", "schreef", "geschreven", "skrev", "skrifaði", "kirjoitti", "escribió", "escribio",
    "escrigué", "escriure", "escreveu", "scritto", "scrive", "napsal", "napsala", "napísal", "napísala", "napisao",
    "napisala", "írta", "scris", "yazdı", "yazmış", "написал", "написала", "пишет", "писал", "написав", "написала",
    "пише", "написа", "έγραψε", "rašė", "rakstīja", "kirjutas", "menulis", "viết", "כתב", "כתבה", "كتب",
)  # fmt: skip
# Of these people tell, programs do not.
PEOPLE = frozenset("pan pani panowie państwa państwo konsultant konsultantka wasz wasza ktoś mr mrs ms your".split())
# Languages that do not part their words by spaces.
WROTE_INSIDE = ("写道", "寫道", "写到", "書きました", "のメール", "작성", "님이", "เขียนว่า")
# With these the old mail needs no other sign.
WROTE_PHRASES = ("wiadomość napisana przez", "wiadomość od ", "message du ", "an email from ")
# How the line "On ... wrote:" begins, so that it is found when it is broken.
_DAYS = """
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday pon wt śr sr czw pt pią sob
    nd niedz poniedziałek wtorek środa czwartek piątek sobota niedziela mo di mi do fr sa so montag dienstag mittwoch
    donnerstag freitag samstag sonntag dim lun mar mer jeu ven sam jue vie sab dom ma man tir ons tor lør søn mån tis
    lör sön пн вт ср чт пт сб вс
"""
OPENS = (
    "on ", "at ", "in a message dated", "quoting ", "w dniu ", "dnia ", "użytkownik ", "uzytkownik ", "w wiadomości ",
    "wiadomość napisana przez ", "wiadomość od ", "cytowanie ", "cytując ", "am ", "le ", "op ", "el ", "il ", "em ",
    "den ", "dne ", "dňa ", "ngày ", "pada ", "στις ", "在 ", "於 ",
    *(f"{day}{sign}" for day in _DAYS.split() for sign in " .,"),
)  # fmt: skip

# Formal ends of a letter. "Thanks" and "Dziękuję" are the writer's own words and none of these.
_CLOSINGS = """
    pozdrawiam | pozdrawiam serdecznie | serdecznie pozdrawiam | serdeczne pozdrowienia | pozdrawiamy | pozdrowienia |
    pozdrawiam cieplutko | ciepło pozdrawiam | pozdrawiam ciepło | pozdr | pzdr | pozdro | z pozdrowieniami |
    z serdecznymi pozdrowieniami | z poważaniem | z powazaniem | z wyrazami szacunku | z wyrazami uszanowania |
    z szacunkiem | z wyrazami poważania | łączę pozdrowienia | łączę wyrazy szacunku | lacze pozdrowienia |
    z uszanowaniem | kłaniam się | ukłony | pozdrawiam i życzę miłego dnia | regards |
    best regards | kind regards | kindest regards | warm regards | warmest regards | with regards | many regards |
    with best regards | with kind regards | best wishes | with best wishes | yours sincerely | sincerely yours |
    sincerely | yours faithfully | faithfully yours | yours truly | respectfully | respectfully yours | cordially |
    brgds | rgds | mit freundlichen grüßen | mit freundlichen grüssen | mit freundlichen gruessen |
    mit freundlichem gruß | mit freundlichem gruss | mit besten grüßen | mit besten grüssen | mit lieben grüßen |
    freundliche grüße | freundliche grüsse | freundlicher gruß | viele grüße | viele grüsse | beste grüße |
    beste grüsse | liebe grüße | liebe grüsse | herzliche grüße | schöne grüße | hochachtungsvoll | mfg | vg | lg |
    gruß | grüße | med venlig hilsen | venlig hilsen | med venlige hilsner | de bedste hilsner | bedste hilsner |
    mange hilsner | hilsen | med vennlig hilsen | vennlig hilsen | med hilsen | mvh | vh | kh | bh | dbh |
    med vänlig hälsning | med vänliga hälsningar | vänlig hälsning | vänliga hälsningar | bästa hälsningar |
    hälsningar | hälsning | ystävällisin terveisin | terveisin | parhain terveisin | cordialement |
    bien cordialement | très cordialement | bien à vous | cdt | cdlt | meilleures salutations |
    salutations distinguées | sincères salutations | respectueusement | saludos | un saludo | saludos cordiales |
    un cordial saludo | cordiales saludos | atentamente | muy atentamente | cordiali saluti | distinti saluti |
    cordialmente | saluti | un saluto | tanti saluti | met vriendelijke groet | met vriendelijke groeten |
    vriendelijke groet | vriendelijke groeten | hartelijke groet | hartelijke groeten | groeten | groet | groetjes |
    mvg | m.v.g | atenciosamente | cumprimentos | melhores cumprimentos | com os melhores cumprimentos | att |
    s pozdravem | s přátelským pozdravem | s úctou | s pozdravom | s priateľským pozdravom | üdvözlettel | cu stimă |
    saygılarımla | iyi çalışmalar | με εκτίμηση | с уважением | с наилучшими пожеланиями | з повагою |
    з найкращими побажаннями | най-добри пожелания
"""
CLOSINGS = frozenset(closing.strip() for closing in _CLOSINGS.split("|"))
LONGEST_CLOSING = max(map(len, CLOSINGS))

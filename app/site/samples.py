"""Things to show on the page of components: plain values such as pages hand to the macros.

They are no texts of the program and so stand in no catalogue: each is written in both languages here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from app.core.i18n import language
from app.site.find import Piece, StripDay
from app.site.hints import HINTS
from app.web.fields import LocalDateField, LocalTimeField, MinutesField
from app.web.forms import BaseForm
from app.web.scale import Place
from app.web.search import Group, Hit

SUNDAY = date(2026, 11, 22)


def say(english: str, persian: str) -> str:
    return persian if language() == "fa" else english


@dataclass(frozen=True)
class Finding:
    """A verdict in words."""

    severity: str
    text: str
    remedy: str | None = None


@dataclass(frozen=True)
class Step:
    """A step of a story."""

    text: str
    when: str | None
    state: str


@dataclass(frozen=True)
class InboxItem:
    """A line of an inbox."""

    who: str
    age: str
    what: str
    when: str
    mark: tuple[str, str]
    is_here: bool = False
    href: str = "#inbox"


class SampleForm(BaseForm):
    """A field of every kind."""

    what = StringField(validators=[InputRequired()])
    day = LocalDateField(validators=[InputRequired()])
    start = LocalTimeField()
    length = MinutesField()
    secret = PasswordField(validators=[Optional()])
    lab = SelectField()
    mode = RadioField(default="operator")
    risks = SelectMultipleField(default=["heat"])
    purpose = TextAreaField(validators=[Optional()])
    agreed = BooleanField()
    paper = FileField(validators=[Optional()])


def form() -> SampleForm:
    """The form as it comes back when two of its fields were wrong."""
    made = SampleForm(formdata=None)
    made.day.data = SUNDAY
    _name(made)
    made.lab.choices = [
        ("materials", say("Materials workshop", "کارگاه مواد")),
        ("energy", say("Energy lab", "آزمایشگاه انرژی")),
    ]
    made.mode.choices = [
        ("self", say("I operate", "خودم کار می‌کنم")),
        ("operator", say("Staff operate", "کارشناس کار می‌کند")),
        ("samples", say("I send samples", "نمونه می‌فرستم")),
    ]
    made.risks.choices = [("heat", say("Heat", "گرما")), ("gas", say("Gas under pressure", "گاز تحت فشار"))]
    made.what.errors = [say("Say what you want to measure.", "بگویید چه چیزی را می‌سنجید.")]
    made.length.errors = [
        say("Write the length as hours and minutes: 1:30.", "مدت را به ساعت و دقیقه بنویسید: ۱:۳۰.")
    ]
    return made


def _name(made: SampleForm) -> None:
    labels = {
        "what": ("What", "چه چیزی"),
        "day": ("Day", "روز"),
        "start": ("From", "از ساعت"),
        "length": ("For how long", "چه مدت"),
        "secret": ("Password", "گذرواژه"),
        "lab": ("Lab", "آزمایشگاه"),
        "mode": ("How", "چگونه"),
        "risks": ("What is in your samples", "در نمونه‌ها چیست"),
        "purpose": ("What it is for", "برای چه کاری"),
        "agreed": ("We follow the rules of the lab", "قواعد آزمایشگاه را رعایت می‌کنیم"),
        "paper": ("Letter of introduction", "معرفی‌نامه"),
    }
    for name, (english, persian) in labels.items():
        made[name].label.text = say(english, persian)


def findings() -> list[Finding]:
    return [
        Finding(
            "block",
            say("No valid training for working alone", "مجوز کار مستقل ندارید"),
            say("Next training: Tuesday, 14:00. Or take an operator now.", "آموزش بعدی: سه‌شنبه، ساعت ۱۴:۰۰."),
        ),
        Finding("met", say("Agreement in force until 19 March 2027", "قرارداد معتبر تا ۲۸ اسفند ۱۴۰۵")),
        Finding(
            "approval",
            say("More than 2 channels needs the lab", "بیش از ۲ کانال تأیید آزمایشگاه را می‌خواهد"),
            say("Usually answered in 5 working hours", "معمولاً در ۵ ساعت کاری پاسخ داده می‌شود"),
        ),
        Finding("warning", say("Cooling water is off until 13:00", "آب خنک‌کننده تا ۱۳:۰۰ قطع است")),
    ]


def story() -> list[Step]:
    return [
        Step(say("You asked", "درخواست شما"), say("Wed 18 Nov, 10:05", "چهارشنبه ۲۷ آبان، ۱۰:۰۵"), "done"),
        Step(
            say("Dr Kamali approved", "تأیید دکتر کمالی"),
            say("Wed 18 Nov, 14:40", "چهارشنبه ۲۷ آبان، ۱۴:۴۰"),
            "done",
        ),
        Step(
            say("Check in at the door", "ثبت ورود کنار در"),
            say("Mon 23 Nov, from 08:45", "دوشنبه ۲ آذر، از ۰۸:۴۵"),
            "now",
        ),
        Step(say("Used", "استفاده"), None, "ahead"),
    ]


def states() -> list[tuple[str, str]]:
    return [
        ("requested", say("Waiting for an answer", "در انتظار پاسخ")),
        ("proposed", say("Another time proposed", "پیشنهاد زمان دیگر")),
        ("approved", say("Approved", "تأییدشده")),
        ("in_use", say("In use", "در حال استفاده")),
        ("completed", say("Completed", "انجام‌شده")),
        ("no_show", say("Nobody came", "عدم حضور")),
        ("declined", say("Declined", "ردشده")),
        ("cancelled", say("Cancelled", "لغوشده")),
        ("expired", say("Expired", "منقضی‌شده")),
        ("displaced", say("Has to move", "باید جابه‌جا شود")),
        ("in_service", say("In service", "آماده به کار")),
        ("out_of_service", say("Out of service", "خارج از سرویس")),
        ("retired", say("Retired", "اسقاط")),
    ]


def strip() -> list[StripDay]:
    days: list[list[tuple[str, int, int]]] = [
        [("busy", 1, 24), ("fit", 37, 36), ("busy", 85, 36)],
        [("busy", 1, 48), ("wait", 49, 24), ("alt", 73, 36)],
        [("busy", 13, 60)],
        [("shut", 1, 120)],
        [("out", 1, 60), ("busy", 73, 24)],
    ]
    return [
        StripDay(
            SUNDAY + timedelta(days=number),
            10,
            [Piece(look, Place(start, length)) for look, start, length in pieces],
        )
        for number, pieces in enumerate(days)
    ]


def inbox() -> list[InboxItem]:
    hours = say("6 h", "۶ ساعت")
    return [
        InboxItem(
            say("Golshid Food", "صنایع غذایی گلشید"),
            hours,
            say("Liquid chromatograph", "کروماتوگراف مایع"),
            say("Today, 16:00–17:30", "امروز، ۱۶:۰۰ تا ۱۷:۳۰"),
            ("stop", say("today", "همین امروز")),
        ),
        InboxItem(
            say("Barsam Battery", "باتری برسام"),
            hours,
            say("Battery cycler, 3 channels", "چرخه‌زن باتری، ۳ کانال"),
            say("4 dates from Mon 23 Nov", "۴ نوبت از دوشنبه ۲ آذر"),
            ("info", say("series", "تکرارشونده")),
            is_here=True,
        ),
        InboxItem(
            say("Mehrazin Polymer", "پلیمر مهرآذین"),
            hours,
            say("Laser cutter", "برش لیزری"),
            say("Tue 24 Nov, 16:00–17:00", "سه‌شنبه ۳ آذر، ۱۶:۰۰ تا ۱۷:۰۰"),
            ("ok", say("all clear", "بی‌اشکال")),
        ),
    ]


def equipment() -> list[tuple[str, str, int, tuple[str, str]]]:
    """Name, model, units and state."""
    in_service = ("in_service", say("In service", "آماده به کار"))
    return [
        (say("Liquid chromatograph", "کروماتوگراف مایع"), "LC-40", 2, in_service),
        (say("Raman spectrometer", "طیف‌سنج رامان"), "R-532", 1, in_service),
        (
            say("5-axis mill", "فرز پنج‌محوره"),
            "M5-500",
            1,
            ("out_of_service", say("Out of service", "خارج از سرویس")),
        ),
    ]


def groups() -> list[Group]:
    """What a search found."""
    raman = Hit(title=say("Raman spectrometer", "طیف‌سنج رامان"), url="#c-lists", detail="LabRAM HR")
    booked = Hit(title=raman.title, url="#c-lists", reference="KG-7F3KQ2", detail=say("Monday", "دوشنبه"))
    return [
        Group(title=say("Equipment", "تجهیزات"), icon="tool", hits=[raman], more="#c-lists"),
        Group(title=say("Bookings", "رزروها"), icon="cal", hits=[booked]),
    ]


def samples() -> dict[str, Any]:
    """Everything the page of components shows, by the name its template uses."""
    return {
        "say": say,
        "sunday": SUNDAY,
        "form": form(),
        "findings": findings(),
        "story_steps": story(),
        "states": states(),
        "strip_days": strip(),
        "inbox_items": inbox(),
        "equipment": equipment(),
        "groups": groups(),
        "first_hint": HINTS["site.calendar"],
    }
